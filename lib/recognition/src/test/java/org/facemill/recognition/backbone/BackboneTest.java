package org.facemill.recognition.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.facemill.recognition.Numbers.assertRelativelyClose;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.facemill.tensor.Golden;
import org.facemill.tensor.Tensor;
import org.facemill.torch.Declaration;
import org.facemill.torch.Graph;
import org.facemill.torch.Network;
import org.facemill.torch.Parameters;
import org.facemill.torch.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against golden/03_names and 07_fr: published names, and embeddings with weights by formula. */
class BackboneTest {

    @ParameterizedTest
    @CsvSource({
        "iresnet18, idiff_utils_iresnet18",
        "iresnet34, idiff_utils_iresnet34",
        "iresnet50, idiff_utils_iresnet50",
        "iresnet100, idiff_utils_iresnet100",
        "ir18, admis_IR_18",
        "ir50, admis_IR_50",
        "ir101, admis_IR_101",
        "ir101-curricularface, idiff_utils_irse_IR_101_curricularface"
    })
    void namesAndShapesAreThoseOfThePublishedCheckpoints(String backbone, String file) {
        Map<String, String> expected = new LinkedHashMap<>();
        for (JsonNode entry : Golden.json("03_names/" + file + ".json").get("entries")) {
            expected.put(entry.get(0).asText(), entry.get(1).toString());
        }

        Map<String, String> actual = Backbones.named(backbone).graph().declarations().stream()
                .collect(Collectors.toMap(
                        Declaration::name,
                        declaration -> Arrays.toString(declaration.shape()).replace(" ", "")));

        assertThat(actual).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "iresnet18, iresnet18",
        "iresnet50, iresnet50",
        "ir18, admis_IR_18",
        "ir50, admis_IR_50",
        "ir101-curricularface, curricularface_IR_101"
    })
    void embeddingsAreTheOriginals(String name, String folder) {
        Graph graph = Backbones.named(name).graph();
        Map<String, Tensor> weights = new LinkedHashMap<>();
        Golden.filled("07_fr/" + folder + "/fill.json").forEach((key, entry) -> weights.put(key, entry.tensor()));

        float[] embeddings;
        try (Parameters parameters = Parameters.load(graph, folder, weights);
                Network network = Network.load(graph, parameters);
                Scope scope = Scope.open()) {
            embeddings = network.apply(scope, scope.floats(Golden.floats("07_fr/input_112.npy"), 2, 3, 112, 112))
                    .floats();
        }

        assertRelativelyClose(embeddings, Golden.floats("07_fr/" + folder + "/embedding.npy"), 1e-4);
    }

    @ParameterizedTest
    @CsvSource({"iresnet-slim", "iresnet18", "iresnet100", "ir18", "ir50", "ir101-curricularface"})
    void aBackboneIsToldByItsNamesAndShapes(String name) {
        Backbone backbone = Backbones.named(name).dropout(0);

        Map<String, long[]> shapes = backbone.graph().declarations().stream()
                .collect(Collectors.toMap(Declaration::name, Declaration::shape));

        assertThat(Backbones.of(name, shapes)).isEqualTo(backbone);
    }

    @Test
    void otherNetworksAndUnknownNamesAreRefused() {
        assertThatThrownBy(() -> Backbones.of("unet.pt", Map.of("time_emb.lin1.weight", new long[] {1, 2})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unet.pt")
                .hasMessageContaining("time_emb.lin1.weight");
        assertThatThrownBy(() -> Backbones.named("vgg"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vgg")
                .hasMessageContaining("iresnet50");
    }
}
