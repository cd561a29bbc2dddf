package org.facemill.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.facemill.images.RgbImage;
import org.junit.jupiter.api.Test;

class NearestFacesTest {

    private static final int DIMENSION = 16;

    @Test
    void withinASetAnIdentityIsNeverItsOwnNearest() {
        Faces faces = new Faces(RandomEmbeddings.of(4, DIMENSION, 3, 5, 2, 4));

        NearestFaces nearest = NearestFaces.within(faces, 2, pairs -> {});

        List<NearestFaces.Match> closest = nearest.closestOfEachIdentity();
        assertThat(nearest.scores()).hasSize(14);
        assertThat(closest).hasSize(4).isSortedAccordingTo((a, b) -> Float.compare(b.cosine(), a.cosine()));
        for (NearestFaces.Match match : closest) {
            double best = -2;
            for (int image = 0; image < faces.images(match.face().identity()); image++) {
                best = Math.max(best, bestOfOthers(faces, match.face().identity(), image));
            }
            assertThat((double) match.cosine()).isCloseTo(best, within(1e-5));
            assertThat(match.nearest())
                    .allSatisfy(face -> assertThat(face.identity())
                            .isNotEqualTo(match.face().identity()));
            NearestFaces.Face other = match.nearest().get(0);
            assertThat(dot(faces, match.face().identity(), match.face().image(), other.identity(), other.image()))
                    .isCloseTo(best, within(1e-5));
        }
    }

    @Test
    void oneIdentityHasNoOther() {
        assertThatThrownBy(() -> NearestFaces.within(new Faces(RandomEmbeddings.of(4, DIMENSION, 3)), 1, pairs -> {}))
                .hasMessageContaining("no other");
    }

    private static double bestOfOthers(Faces faces, int identity, int image) {
        double best = -2;
        for (int other = 0; other < faces.identities(); other++) {
            for (int j = 0; other != identity && j < faces.images(other); j++) {
                best = Math.max(best, dot(faces, identity, image, other, j));
            }
        }
        return best;
    }

    private static double dot(Faces faces, int identity, int image, int other, int otherImage) {
        double sum = 0;
        for (int i = 0; i < DIMENSION; i++) {
            sum += faces.embeddings(identity).values()[image * DIMENSION + i]
                    * faces.embeddings(other).values()[otherImage * DIMENSION + i];
        }
        return sum;
    }

    private record Faces(List<Embeddings> all) implements FaceSet {

        @Override
        public String name() {
            return "faces";
        }

        @Override
        public int dimension() {
            return DIMENSION;
        }

        @Override
        public int identities() {
            return all.size();
        }

        @Override
        public int images() {
            return all.stream().mapToInt(Embeddings::images).sum();
        }

        @Override
        public int images(int identity) {
            return all.get(identity).images();
        }

        @Override
        public String identity(int identity) {
            return "identity " + identity;
        }

        @Override
        public Embeddings embeddings(int identity) {
            return all.get(identity);
        }

        @Override
        public String imageName(int identity, int image) {
            return identity + "/" + image;
        }

        @Override
        public Optional<RgbImage> picture(int identity, int image) {
            return Optional.empty();
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
