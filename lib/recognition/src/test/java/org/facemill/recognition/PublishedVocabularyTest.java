package org.facemill.recognition;

import java.io.IOException;
import org.facemill.contracts.registry.Kind;
import org.facemill.contracts.registry.PublishedVocabulary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublishedVocabularyTest {

    @ParameterizedTest
    @EnumSource(names = {"BACKBONE", "MARGIN_HEAD", "RATE_SCHEDULE"})
    void whatIsRegisteredIsPublished(Kind kind) throws IOException {
        PublishedVocabulary.check(kind);
    }
}
