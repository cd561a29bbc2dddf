package org.facemill.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.facemill.tensor.Golden;
import org.facemill.tensor.Npy;
import org.facemill.tensor.Npz;
import org.facemill.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingFilesTest {

    @TempDir
    private Path folder;

    @Test
    void whatEncodePyWroteComesBackFromAFolderOfOurs() throws IOException {
        Path embeddings = Golden.path("09_formats/encode_embeddings.npy");
        Path labels = Golden.path("09_formats/encode_labels.npy");
        try (EmbeddingFiles original = EmbeddingFiles.open(embeddings, labels)) {
            assertThat(IntStream.range(0, original.identities()).mapToObj(original::identity))
                    .containsExactly("0", "10", "2");
            assertThat(original.images(0)).isEqualTo(2);
            EmbeddingFiles.write(folder, original);

            try (EmbeddingFiles again = EmbeddingFiles.open(folder)) {
                assertThat(EmbeddingFiles.isIn(folder)).isTrue();
                assertThat(again.images()).isEqualTo(4);
                assertThat(again.identity(2)).isEqualTo("2");
                assertThat(again.imageName(2, 0)).isEqualTo("row 3");
                assertThat(again.embeddings(0).values())
                        .isEqualTo(original.embeddings(0).values());
            }
        }
    }

    @Test
    void vectorsByNameAreIdentitiesOrPicturesInTheirFolders() throws IOException {
        Map<String, Tensor> vectors = new LinkedHashMap<>();
        vectors.put("anna/1", Tensor.of(new long[] {2}, 1, 0f));
        vectors.put("anna/2", Tensor.of(new long[] {2}, 0, 2f));
        vectors.put("bob", Tensor.of(new long[] {2}, 3, 0f));
        vectors.put("without a face", Tensor.of(new long[] {2}, 0, 0f));
        Npz.write(folder.resolve("x.npz"), vectors);

        try (EmbeddingFiles faces = EmbeddingFiles.named(folder.resolve("x.npz"))) {
            assertThat(IntStream.range(0, faces.identities()).mapToObj(faces::identity))
                    .containsExactly("anna", "bob");
            assertThat(faces.imageName(0, 1)).isEqualTo("anna/2");
            assertThat(faces.embeddings(0).values()).containsExactly(1, 0, 0, 1);
        }
    }

    @Test
    void anArrayThatIsNoMatrixIsRefused() throws IOException {
        Npy.write(folder.resolve("f.npy"), Tensor.of(new long[] {2}, 1, 0f));
        Npy.write(folder.resolve("l.npy"), Tensor.of(new long[] {2}, 1L, 2));

        assertThatThrownBy(() -> EmbeddingFiles.open(folder.resolve("f.npy"), folder.resolve("l.npy")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected one array [images, dimension]");
    }
}
