package org.facemill.paintersampler;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Grid;
import org.facemill.contracts.Json;
import org.facemill.contracts.Noise;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.IdentityContext;
import org.facemill.contracts.event.RawBlock;
import org.facemill.contracts.recipe.run.Recipe;
import org.facemill.contracts.recipe.run.Recipes;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.images.TileGrid;
import org.facemill.painter.FacePainter;
import org.facemill.platform.messaging.RecordDecoder;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class PainterSamplerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Recipe RECIPE = Recipes.parse(Json.MAPPER
            .createObjectNode()
            .put("identities", 10)
            .put("images", 4)
            .put("seed", 7));

    private final Topic contexts = new Topic(Topics.identityContexts("painter"));
    private final Topic blocks = new Topic(Topics.CROPS);
    private final String run = "run-" + UUID.randomUUID().toString().substring(0, 8);

    @Inject
    ObjectStore store;

    @BeforeEach
    void announceRun() {
        Topic.announceRun(run, 4, 10);
    }

    @Test
    void aContextBecomesABlockOfItsImagesAndTheSpareOnes() {
        contexts.send(context(3, 0));

        RawBlock block = announced(3, 0);

        assertThat(block.grid()).isEqualTo(new Grid(128, 4, 6));
        assertThat(block.images()).isEqualTo(4);
        assertThat(block.origin().device()).isEmpty();
        RgbImage image = Images.decode(store.get(block.block()), "block", Limits.DEFAULT);
        List<RgbImage> tiles = new TileGrid(128, 4, 6).cut(image);
        assertThat(tiles.get(5))
                .isEqualTo(new FacePainter()
                        .paint(context(3, 0).context(), 7, 3, 5)
                        .image());
    }

    @Test
    void aRepeatedContextIsAnnouncedAgainWithoutPainting() {
        contexts.send(context(4, 0));
        RawBlock first = announced(4, 0);
        store.delete(Buckets.BLOCKS, Buckets.block(run, 4));

        contexts.send(context(4, 1));

        RawBlock again = announced(4, 1);
        assertThat(again.block()).isEqualTo(first.block());
        assertThat(store.exists(Buckets.BLOCKS, Buckets.block(run, 4))).isFalse();
    }

    private RawBlock announced(long ordinal, int attempt) {
        ConsumerRecord<String, byte[]> record = blocks.await(
                PATIENCE,
                r -> r.key().equals(run + "/" + ordinal)
                        && RecordDecoder.decode(r, RawBlock.class).attempt() == attempt);
        return RecordDecoder.decode(record, RawBlock.class);
    }

    /** Its next topic is one that every installation has: none of an aligner's is here. */
    private IdentityContext context(long ordinal, int attempt) {
        return new IdentityContext(
                run,
                ordinal,
                attempt,
                RECIPE.seed(),
                Noise.unitVector(7, ordinal, 512),
                RECIPE.images(),
                RECIPE.sampling(),
                RECIPE.alignment(),
                "reference",
                Topics.CROPS,
                List.of(Topics.ALIGNED_BLOCKS, Topics.CROPS));
    }
}
