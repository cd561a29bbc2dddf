package org.facemill.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** golden/09_formats: files as PyTorch, numpy and the two original repositories write them. */
class PublishedFilesTest {

    @Test
    void aDictionaryOfContextsIsPickledByteByByteAsPythonDoesIt(@TempDir Path folder) throws IOException {
        Path original = Golden.path("09_formats/random_synthetic_uniform_20_numpy1.npy");
        Path written = folder.resolve("contexts.npy");

        Contexts.write(written, Contexts.read(original));

        assertThat(pickle(written)).isEqualTo(pickle(original));
    }

    private static byte[] pickle(Path archive) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            ZipEntry pickle = zip.stream()
                    .filter(entry -> entry.getName().endsWith("/data.pkl"))
                    .findFirst()
                    .orElseThrow();
            return zip.getInputStream(pickle).readAllBytes();
        }
    }

    @ParameterizedTest
    @CsvSource({"dtype_zoo.pth, TORCH_ZIP", "dtype_zoo_legacy.pth, TORCH_LEGACY"})
    void everyElementTypeAndViewHasItsValues(String file, TensorFile.Format format) throws IOException {
        JsonNode expected = Golden.json("09_formats/dtype_zoo.json");

        try (TensorFile zoo = TensorFile.open(Golden.path("09_formats/" + file))) {
            assertThat(zoo.format()).isEqualTo(format);
            assertThat(zoo.names()).hasSize(expected.size());
            for (var e : expected.properties()) {
                Tensor tensor = zoo.get(e.getKey());
                JsonNode want = e.getValue();
                assertThat(tensor.shape()).as(e.getKey()).isEqualTo(array(want.get("shape"), long[].class));
                assertThat(tensor.dtype())
                        .as(e.getKey())
                        .isEqualTo(dtype(want.get("dtype").textValue()));
                assertThat(tensor.doubles()).as(e.getKey()).isEqualTo(array(want.get("values"), double[].class));
                assertThat(tensor.bytes().remaining()).as(e.getKey()).isEqualTo((int) tensor.byteSize());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip_checkpoint.pth", "legacy_checkpoint.pth", "zip_checkpoint_module_prefix.pth"})
    void aSmallCheckpointHasItsSums(String file) throws IOException {
        JsonNode expected = Golden.json("09_formats/small_checkpoint_check.json");

        try (TensorFile checkpoint = TensorFile.open(Golden.path("09_formats/" + file))) {
            var tensors = StateDict.of(checkpoint);
            assertThat(tensors.keySet())
                    .containsExactlyElementsOf(expected.properties().stream()
                            .map(e -> e.getKey().replace("eps_model.", ""))
                            .toList());
            for (var e : expected.properties()) {
                Tensor tensor = tensors.get(e.getKey().replace("eps_model.", ""));
                double[] values = tensor.doubles();
                assertThat(tensor.shape()).isEqualTo(array(e.getValue().get("shape"), long[].class));
                assertThat(values[0]).isEqualTo(e.getValue().get("first").doubleValue());
                assertThat(Arrays.stream(values).sum())
                        .isCloseTo(e.getValue().get("sum").doubleValue(), within(1e-4));
            }
        }
    }

    @Test
    void prefixesOfWrappersAreCutInTurn() throws IOException {
        try (TensorFile checkpoint = TensorFile.open(Golden.path("09_formats/zip_checkpoint_module_prefix.pth"))) {
            assertThat(checkpoint.names()).allMatch(n -> n.startsWith("module."));
            assertThat(StateDict.of(checkpoint).keySet()).contains("betas", "image_proj.weight");
        }
    }

    @Test
    void nestedDictionariesAreFlattened() throws IOException {
        try (TensorFile nested = TensorFile.open(Golden.path("09_formats/nested_state_dict.pth"))) {
            assertThat(nested.names()).containsExactly("state_dict.weight", "state_dict.bias");
            assertThat(nested.values()).containsExactly(entry("epoch", 3L));
        }
        try (TensorFile head = TensorFile.open(Golden.path("09_formats/HEAD_Epoch_40_Split_0_checkpoint.pth"))) {
            assertThat(head.names()).containsExactly("Syn_10k.kernel");
        }
        try (TensorFile optimization = TensorFile.open(Golden.path("09_formats/optimization.ckpt"))) {
            assertThat(optimization.get("optimizer.state.0.exp_avg").shape()).containsExactly(2, 3);
            assertThat(optimization.values())
                    .contains(
                            entry("global_step", 5000L),
                            entry("optimizer.param_groups.0.eps", 1e-8),
                            entry("optimizer.param_groups.0.params", List.of(0L, 1L)),
                            entry("optimizer.param_groups.0.fused", Optional.empty()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "random_synthetic_uniform_20.npy",
                "random_synthetic_uniform_20_numpy1.npy",
                "contexts_npsave_dict.npy"
            })
    void contextsOfIDiffFaceAreNamedAndOrdered(String file) throws IOException {
        float[] expected = Golden.floats("09_formats/contexts_expected.npy");

        var contexts = Contexts.read(Golden.path("09_formats/" + file));

        assertThat(contexts.keySet())
                .containsExactly(array(Golden.json("09_formats/contexts_keys.json"), String[].class));
        int row = 0;
        for (float[] context : contexts.values()) {
            assertThat(context).isEqualTo(Arrays.copyOfRange(expected, row * 512, ++row * 512));
        }
    }

    @Test
    void contextsOfAdmisAreRowsWithoutNames() throws IOException {
        Path file = Golden.path("09_formats/admis_elasticface_embeddings.npy");

        assertThat(Contexts.areRows(file)).isTrue();
        assertThat(Contexts.read(file).keySet())
                .containsExactlyElementsOf(
                        IntStream.range(0, 20).mapToObj(Integer::toString).toList());
    }

    @Test
    void anEmbeddingOfOneImageIsOneContext() throws IOException {
        var contexts = Contexts.read(Golden.path("09_formats/single_embedding_00003.npy"));

        assertThat(contexts).containsOnlyKeys("0");
        assertThat(contexts.get("0")).hasSize(512);
    }

    @Test
    void embeddingsAndTheirTextLabelsAreRead() throws IOException {
        try (TensorFile embeddings = TensorFile.open(Golden.path("09_formats/encode_embeddings.npy"));
                TensorFile labels = TensorFile.open(Golden.path("09_formats/encode_labels.npy"))) {
            assertThat(embeddings.get(TensorFile.BARE_ARRAY).shape())
                    .containsExactly(labels(labels).size(), 512);
            assertThat(labels(labels)).containsExactly("0", "0", "10", "2");
        }
    }

    @Test
    void whatIsWrittenAsEncodePyWritesItIsReadAsItsFilesAre(@TempDir Path folder) throws IOException {
        try (TensorFile original = TensorFile.open(Golden.path("09_formats/encode_embeddings.npy"))) {
            TorchArrays.write(folder.resolve("embeddings.npy"), original.get(TensorFile.BARE_ARRAY));
            TorchArrays.write(folder.resolve("labels.npy"), List.of("0", "painted\uD83D\uDE00", ""));

            try (TensorFile embeddings = TensorFile.open(folder.resolve("embeddings.npy"));
                    TensorFile labels = TensorFile.open(folder.resolve("labels.npy"))) {
                assertThat(embeddings.format()).isEqualTo(TensorFile.Format.TORCH_ZIP);
                assertThat(embeddings.get(TensorFile.BARE_ARRAY).shape())
                        .isEqualTo(original.get(TensorFile.BARE_ARRAY).shape());
                assertThat(embeddings.get(TensorFile.BARE_ARRAY).bytes())
                        .isEqualTo(original.get(TensorFile.BARE_ARRAY).bytes());
                assertThat(labels(labels)).containsExactly("0", "painted\uD83D\uDE00", "");
            }
        }
    }

    @Test
    void aPickledListOfNamesIsAValue() throws IOException {
        try (TensorFile names = TensorFile.open(Golden.path("09_formats/image_names.pkl"))) {
            assertThat(names.format()).isEqualTo(TensorFile.Format.PICKLE);
            assertThat(labels(names)).hasSize(5).startsWith("0000045/001.jpg");
        }
    }

    private static List<String> labels(TensorFile file) {
        return ((List<?>) file.values().get(TensorFile.BARE_ARRAY))
                .stream().map(Object::toString).toList();
    }

    private static DType dtype(String torch) {
        return switch (torch) {
            case "torch.float32" -> DType.F32;
            case "torch.float16" -> DType.F16;
            case "torch.bfloat16" -> DType.BF16;
            case "torch.float64" -> DType.F64;
            case "torch.int64" -> DType.I64;
            case "torch.int32" -> DType.I32;
            case "torch.uint8" -> DType.U8;
            case "torch.bool" -> DType.BOOL;
            default -> throw new IllegalArgumentException(torch);
        };
    }

    private static <T> T array(JsonNode node, Class<T> type) {
        return new ObjectMapper().convertValue(node, type);
    }
}
