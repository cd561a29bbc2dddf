package org.facemill.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.event.IdentityEmbeddings;
import org.facemill.evaluation.comparison.Embeddings;
import org.facemill.evaluation.comparison.IdentitySeparation;
import org.facemill.evaluation.comparison.Separation;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.tensor.Npy;
import org.facemill.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Live figures pass from owner to owner. */
@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class LiveRunTest extends EvaluatorFixture {

    @Test
    void liveFiguresGoOnWhereAnotherOwnerLeftThemWithoutReadingItsEmbeddingsAgain() throws IOException {
        List<LiveRun> owners = List.of(new LiveRun(run, store), new LiveRun(run, store));
        for (long ordinal : new long[] {2, 0, 3}) {
            IdentityEmbeddings event = embedded(ordinal);
            owners.forEach(owner -> owner.add(event));
        }
        assertThat(owners.get(0).refresh().orElseThrow().identities()).isEqualTo(3);
        owners.get(0).keep(Duration.ZERO);
        store.list(Buckets.EMBEDDINGS, run + "/").forEach(key -> store.delete(Buckets.EMBEDDINGS, key));

        assertThat(owners.get(1).refresh()).isEmpty();
        owners.get(1).add(embedded(1));
        Separation continued = owners.get(1).refresh().orElseThrow();

        Separation atOnce = atOnce(4);
        assertThat(continued.scores().genuine()).isEqualTo(atOnce.scores().genuine());
        assertThat(continued.scores().impostor()).isEqualTo(atOnce.scores().impostor());
        assertThat(continued.metrics()).isEqualTo(atOnce.metrics());
        assertThat(continued.likeness()).isEqualTo(atOnce.likeness());
    }

    @Test
    void aSnapshotThatIsNotWholeIsPassedOver() throws IOException {
        LiveRun before = new LiveRun(run, store);
        LiveRun after = new LiveRun(run, store);
        for (long ordinal = 0; ordinal < 2; ordinal++) {
            IdentityEmbeddings event = embedded(ordinal);
            before.add(event);
            after.add(event);
        }
        before.refresh();
        before.keep(Duration.ZERO);
        store.list(Buckets.EVALUATIONS, Buckets.livePart(run, "reference", "")).stream()
                .filter(key -> key.endsWith(".npz"))
                .forEach(key -> store.delete(Buckets.EVALUATIONS, key));

        assertThat(after.refresh().orElseThrow().identities()).isEqualTo(2);
    }

    /** An identity's embeddings in the store, and their event. */
    private IdentityEmbeddings embedded(long ordinal) throws IOException {
        Embeddings embeddings = embeddings(ordinal);
        Path file = Files.createTempFile("embeddings", ".npy");
        Npy.write(file, Tensor.of(new long[] {embeddings.images(), embeddings.dimension()}, embeddings.values()));
        ObjectRef object = store.upload(Buckets.EMBEDDINGS, Buckets.embeddings(run, "reference", ordinal), file);
        Files.delete(file);
        return new IdentityEmbeddings(
                run, ordinal, 0, "reference", object, embeddings.images(), embeddings.dimension());
    }

    private static Embeddings embeddings(long ordinal) {
        Random random = new Random(ordinal);
        float[] values = new float[IMAGES * 32];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() + ordinal);
        }
        return Embeddings.normalised("identity " + ordinal, IMAGES, 32, values);
    }

    private static Separation atOnce(int identities) {
        try (IdentitySeparation separation = new IdentitySeparation(32)) {
            for (int ordinal = 0; ordinal < identities; ordinal++) {
                separation.add(ordinal, embeddings(ordinal));
            }
            return Separation.of(separation);
        }
    }
}
