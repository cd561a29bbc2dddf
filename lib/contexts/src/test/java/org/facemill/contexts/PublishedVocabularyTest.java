package org.facemill.contexts;

import java.io.IOException;
import org.facemill.contracts.registry.Kind;
import org.facemill.contracts.registry.PublishedVocabulary;
import org.junit.jupiter.api.Test;

class PublishedVocabularyTest {

    @Test
    void theSourcesAreAsPublished() throws IOException {
        PublishedVocabulary.check(Kind.CONTEXT_SOURCE);
    }
}
