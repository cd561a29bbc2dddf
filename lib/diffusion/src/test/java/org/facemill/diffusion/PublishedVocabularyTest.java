package org.facemill.diffusion;

import java.io.IOException;
import org.facemill.contracts.registry.Kind;
import org.facemill.contracts.registry.PublishedVocabulary;
import org.junit.jupiter.api.Test;

class PublishedVocabularyTest {

    @Test
    void theMethodsAreAsPublished() throws IOException {
        PublishedVocabulary.check(Kind.SAMPLING_METHOD);
    }
}
