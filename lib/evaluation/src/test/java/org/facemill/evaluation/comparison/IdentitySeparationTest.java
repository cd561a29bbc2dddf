package org.facemill.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.facemill.evaluation.metrics.ScoreCounts;
import org.facemill.evaluation.metrics.SeparationMetrics;
import org.facemill.tensor.Golden;
import org.facemill.tensor.Npz;
import org.facemill.tensor.TensorFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentitySeparationTest {

    private static final int DIMENSION = 51;

    @TempDir
    private Path folder;

    @Test
    void scoresAreThoseOfEveryPairComparedByItself() {
        List<Embeddings> all = identities(40, 19);
        IdentitySeparation separation = new IdentitySeparation(DIMENSION);

        for (int i = 0; i < all.size(); i++) {
            separation.add(i, all.get(i));
        }

        SeparationMetrics metrics = SeparationMetrics.of(separation.scores());
        SeparationMetrics expected = SeparationMetrics.of(pairByPair(all));
        assertThat(metrics.genuinePairs()).isEqualTo(40 * 19 * 18 / 2);
        assertThat(metrics.impostorPairs()).isEqualTo(40 * 39 / 2 * 19 * 19);
        assertThat(metrics.genuineMean()).isCloseTo(expected.genuineMean(), within(1e-6));
        assertThat(metrics.impostorStd()).isCloseTo(expected.impostorStd(), within(1e-6));
        assertThat(metrics.eer()).isCloseTo(expected.eer(), within(2e-4));
        assertThat(metrics.auc()).isCloseTo(expected.auc(), within(1e-5));
        assertThat(metrics.fmr1000()).isCloseTo(expected.fmr1000(), within(1e-3));
    }

    @Test
    void theOrderOfArrivalChangesNothing() {
        List<Embeddings> all = identities(30, 16);
        List<Integer> order = new ArrayList<>(IntStream.range(0, 30).boxed().toList());
        IdentitySeparation sorted = new IdentitySeparation(DIMENSION);
        IdentitySeparation shuffled = new IdentitySeparation(DIMENSION);

        order.forEach(i -> sorted.add(i, all.get(i)));
        Collections.shuffle(order, new Random(4));
        order.forEach(i -> shuffled.add(i, all.get(i)));

        assertThat(shuffled.scores().scores()).isEqualTo(sorted.scores().scores());
        assertThat(shuffled.scores().genuine()).isEqualTo(sorted.scores().genuine());
        assertThat(shuffled.scores().impostor()).isEqualTo(sorted.scores().impostor());
        assertThat(shuffled.likeness()).isEqualTo(sorted.likeness());
    }

    @Test
    void figuresWhileIdentitiesArriveEqualThoseOfAllAtOnce() {
        List<Embeddings> all =
                RandomEmbeddings.of(8, 128, new Random(9).ints(400, 1, 25).toArray());
        List<Integer> order = new ArrayList<>(IntStream.range(0, 400).boxed().toList());
        Collections.shuffle(order, new Random(4));
        IdentitySeparation atOnce = new IdentitySeparation(128);
        IdentitySeparation arriving = new IdentitySeparation(128);

        IntStream.range(0, 400).forEach(i -> atOnce.add(i, all.get(i)));
        for (int i : order) {
            arriving.add(i, all.get(i));
            if (i % 7 == 0 && arriving.measurable()) {
                arriving.likeness();
            }
        }

        assertThat(arriving.scores().scores()).isEqualTo(atOnce.scores().scores());
        assertThat(arriving.scores().genuine()).isEqualTo(atOnce.scores().genuine());
        assertThat(arriving.scores().impostor()).isEqualTo(atOnce.scores().impostor());
        assertThat(arriving.likeness()).isEqualTo(atOnce.likeness());
        assertThat(Separation.of(arriving).metrics())
                .isEqualTo(Separation.of(atOnce).metrics());
    }

    @Test
    void whatWasCountedGoesOnInAnotherProcess() throws IOException {
        List<Embeddings> all =
                RandomEmbeddings.of(8, 64, new Random(9).ints(300, 1, 25).toArray());
        IdentitySeparation uncut = new IdentitySeparation(64);
        IntStream.range(0, 300).forEach(i -> uncut.add(i, all.get(i)));
        IdentitySeparation killed = new IdentitySeparation(64);
        IntStream.range(100, 220).forEach(i -> killed.add(i, all.get(i)));
        killed.likeness();
        IntStream.range(220, 250).forEach(i -> killed.add(i, all.get(i)));
        Npz.write(folder.resolve("state.npz"), killed.state());
        float[] rows = killed.rows(0, killed.images());
        killed.close();

        IdentitySeparation resumed = new IdentitySeparation(64);
        try (TensorFile file = TensorFile.open(folder.resolve("state.npz"))) {
            long[] ordinals = IdentitySeparation.ordinals(file.tensors());
            long[] images = IdentitySeparation.images(file.tensors());
            int at = 0;
            for (int i = 0; i < ordinals.length; i++) {
                int to = at + Math.toIntExact(images[i]);
                resumed.add(ordinals[i], new Embeddings(to - at, 64, Arrays.copyOfRange(rows, at * 64, to * 64)));
                at = to;
            }
            resumed.resume(file.tensors());
        }
        assertThat(resumed.pendingPairs()).isLessThan(uncut.pendingPairs() / 2);
        IntStream.range(0, 300).forEach(i -> resumed.add(i, all.get(i)));

        assertThat(resumed.scores().genuine()).isEqualTo(uncut.scores().genuine());
        assertThat(resumed.scores().impostor()).isEqualTo(uncut.scores().impostor());
        assertThat(resumed.likeness()).isEqualTo(uncut.likeness());
    }

    @Test
    void aStateOfOtherIdentitiesIsRefused() {
        List<Embeddings> all = identities(3, 4);
        IdentitySeparation one = new IdentitySeparation(DIMENSION);
        one.add(5, all.get(0));
        IdentitySeparation other = new IdentitySeparation(DIMENSION);
        other.add(6, all.get(1));

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> other.resume(one.state()))
                .withMessageContaining("is of other identities: number 0 there is 5 with 4 images");
    }

    @Test
    void pairsThatAreNotCountedYetAreKnown() {
        IdentitySeparation separation = new IdentitySeparation(DIMENSION);
        List<Embeddings> all = identities(5, 4);
        all.subList(0, 3).forEach(e -> separation.add(all.indexOf(e), e));

        assertThat(separation.pendingPairs()).isEqualTo(12 * 11 / 2);
        separation.scores();
        assertThat(separation.pendingPairs()).isZero();
        separation.add(4, all.get(4));
        assertThat(separation.pendingPairs()).isEqualTo(4 * 12 + 6);
    }

    @Test
    void imagesThatDoNotResembleTheirIdentityAreCounted() {
        List<Embeddings> all = identities(20, 10);
        float[] mixed = all.get(5).values().clone();
        System.arraycopy(all.get(6).values(), 0, mixed, 0, DIMENSION);
        all = new ArrayList<>(all);
        all.set(5, new Embeddings(10, DIMENSION, mixed));
        IdentitySeparation separation = new IdentitySeparation(DIMENSION);
        for (int i = 0; i < all.size(); i++) {
            separation.add(i, all.get(i));
        }

        IdentityLikeness likeness = separation.likeness().get(5);

        assertThat(likeness.odd()).isEqualTo(0.1);
        assertThat(likeness.genuineMin()).isLessThan(likeness.genuineMean());
    }

    @Test
    void anIdentityThatComesAgainChangesNothing() {
        List<Embeddings> all = identities(3, 4);
        IdentitySeparation separation = new IdentitySeparation(DIMENSION);
        for (int i = 0; i < 3; i++) {
            assertThat(separation.add(i, all.get(i))).isTrue();
        }

        boolean changed = separation.add(1, all.get(1));

        assertThat(changed).isFalse();
        assertThat(separation.identities()).isEqualTo(3);
        assertThat(separation.images()).isEqualTo(12);
        assertThat(separation.scores().impostorPairs()).isEqualTo(3 * 16);
    }

    @Test
    void genuinePairsAreTheOriginalsEachOnce() {
        JsonNode golden = Golden.json("08_align_eval/pairs/case.json");
        TreeMap<String, Integer> images = new TreeMap<>();
        golden.get("labels_1").forEach(label -> images.merge(label.asText(), 1, Integer::sum));
        IdentitySeparation separation = new IdentitySeparation(DIMENSION);

        images.forEach((label, count) ->
                separation.add(Long.parseLong(label), identities(1, count).get(0)));

        assertThat(separation.scores().genuinePairs() * 2)
                .isEqualTo(golden.get("genuine_same").size());
    }

    @Test
    void theNearestOtherIdentityIsFound() {
        List<Embeddings> all = new ArrayList<>(identities(300, 3));
        all.set(290, Embeddings.normalised("near 7", 3, DIMENSION, all.get(7).values()));
        IdentitySeparation separation = new IdentitySeparation(DIMENSION);
        for (int i = 0; i < all.size(); i++) {
            separation.add(1000 + i, all.get(i));
        }

        List<IdentityLikeness> likeness = separation.likeness();

        assertThat(likeness.get(7).nearest()).isEqualTo(1290);
        assertThat(likeness.get(290).nearest()).isEqualTo(1007);
        assertThat(likeness.get(7).nearestCosine()).isCloseTo(1, within(1e-6));
        assertThat(likeness.get(7).genuineMean()).isCloseTo(meanOfPairs(all.get(7)), within(8e-6));
    }

    @Test
    void measurableFromTheSecondIdentityOn() {
        IdentitySeparation separation = new IdentitySeparation(DIMENSION);
        separation.add(0, identities(1, 2).get(0));
        assertThat(separation.measurable()).isFalse();

        separation.add(1, identities(2, 1).get(1));

        assertThat(separation.measurable()).isTrue();
        assertThat(SeparationMetrics.of(separation.scores()).impostorPairs()).isEqualTo(2);
    }

    @Test
    void embeddingsOfAnotherRecogniserAreRefused() {
        IdentitySeparation separation = new IdentitySeparation(128);

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> separation.add(3, identities(1, 2).get(0)))
                .withMessageContaining("identity 3 has embeddings of dimension 51, the others have 128");
    }

    @Test
    void anEmbeddingOfZerosIsRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Embeddings.normalised("5.npy", 1, 4, new float[4]))
                .withMessage("5.npy: embedding 0 has length 0.0; it must be finite and not zero");
    }

    private static List<Embeddings> identities(int count, int images) {
        return RandomEmbeddings.of(
                count * 100L + images,
                DIMENSION,
                IntStream.generate(() -> images).limit(count).toArray());
    }

    private static ScoreCounts pairByPair(List<Embeddings> all) {
        List<Double> genuine = new ArrayList<>();
        List<Double> impostor = new ArrayList<>();
        for (int a = 0; a < all.size(); a++) {
            for (int i = 0; i < all.get(a).images(); i++) {
                for (int j = i + 1; j < all.get(a).images(); j++) {
                    genuine.add(dot(all.get(a), i, all.get(a), j));
                }
                for (int b = a + 1; b < all.size(); b++) {
                    for (int j = 0; j < all.get(b).images(); j++) {
                        impostor.add(dot(all.get(a), i, all.get(b), j));
                    }
                }
            }
        }
        return ScoreCounts.of(
                genuine.stream().mapToDouble(d -> d).toArray(),
                impostor.stream().mapToDouble(d -> d).toArray());
    }

    private static double meanOfPairs(Embeddings identity) {
        return (dot(identity, 0, identity, 1) + dot(identity, 0, identity, 2) + dot(identity, 1, identity, 2)) / 3;
    }

    private static double dot(Embeddings a, int i, Embeddings b, int j) {
        double sum = 0;
        for (int k = 0; k < DIMENSION; k++) {
            sum += a.values()[i * DIMENSION + k] * b.values()[j * DIMENSION + k];
        }
        return sum;
    }
}
