package org.facemill.datasets;

import java.io.IOException;
import org.facemill.contracts.registry.Kind;
import org.facemill.contracts.registry.PublishedVocabulary;
import org.junit.jupiter.api.Test;

class PublishedVocabularyTest {

    @Test
    void theFormatsAreAsPublished() throws IOException {
        PublishedVocabulary.check(Kind.DATASET_FORMAT);
    }
}
