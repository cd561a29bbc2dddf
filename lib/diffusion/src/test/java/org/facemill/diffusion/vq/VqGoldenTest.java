package org.facemill.diffusion.vq;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.facemill.diffusion.GoldenNumbers;
import org.facemill.tensor.DType;
import org.facemill.tensor.Golden;
import org.facemill.tensor.TensorFile;
import org.facemill.torch.Declaration;
import org.facemill.torch.DeviceTensor;
import org.facemill.torch.Graph;
import org.facemill.torch.Layers;
import org.facemill.torch.Network;
import org.facemill.torch.Parameters;
import org.facemill.torch.Recorder;
import org.facemill.torch.Scope;
import org.junit.jupiter.api.Test;

/** Cases 04_vq, 04_vq_full and 03_names: what the original autoencoder computed. */
class VqGoldenTest {
    private static final VqConfig NARROW = new VqConfig(3, 8192, 3, 256, 3, 3, 32, List.of(1, 1, 2), 2, List.of(), 0);
    private static final double DEVIATION = 2.8266775626839546e-06;

    @Test
    void the_narrow_encoder_gives_the_original_latents() throws IOException {
        Graph graph = VqAutoencoder.encoder(NARROW, DType.F32);

        try (TensorFile file = TensorFile.open(Golden.path("04_vq/first_stage_encoder_state_dict.pt"));
                Parameters parameters = Parameters.load(graph, "encoder", file.tensors());
                Network network = Network.load(graph, parameters);
                Scope scope = Scope.open()) {
            GoldenNumbers.assertClose(
                    network.apply(scope, npy(scope, "04_vq/enc_input.npy")), "04_vq/enc_latent.npy", DEVIATION);
        }
    }

    @Test
    void the_narrow_decoder_gives_the_original_images() throws IOException {
        Graph graph = VqAutoencoder.decoder(NARROW, DType.F32);

        try (TensorFile file = TensorFile.open(Golden.path("04_vq/first_stage_decoder_state_dict.pt"));
                Parameters parameters = Parameters.load(graph, "decoder", file.tensors());
                Network network = Network.load(graph, parameters);
                Scope scope = Scope.open()) {
            GoldenNumbers.assertClose(
                    network.apply(scope, npy(scope, "04_vq/dec_input_latent.npy")), "04_vq/dec_output.npy", DEVIATION);
            GoldenNumbers.assertClose(
                    network.apply(scope, npy(scope, "04_vq/enc_latent.npy")), "04_vq/dec_from_enc.npy", DEVIATION);
        }
    }

    @Test
    void without_quantisation_the_decoder_takes_latents_as_they_are() throws IOException {
        Recorder recorder = new Recorder(Recorder.Mode.INFERENCE);
        recorder.output("images", new VqAutoencoder(new Layers(recorder), NARROW).decode(recorder.input("latents")));
        Graph graph = recorder.finish("decoder");

        try (TensorFile file = TensorFile.open(Golden.path("04_vq/first_stage_decoder_state_dict.pt"));
                Parameters parameters = Parameters.load(graph, "decoder", file.tensors());
                Network network = Network.load(graph, parameters);
                Scope scope = Scope.open()) {
            GoldenNumbers.assertClose(
                    network.apply(scope, npy(scope, "04_vq/enc_latent.npy")),
                    "04_vq/dec_from_enc_not_quantized.npy",
                    DEVIATION);
        }
    }

    @Test
    void the_quantiser_picks_the_original_codes_where_the_margin_allows() throws IOException {
        Recorder recorder = new Recorder(Recorder.Mode.INFERENCE);
        var quantised = new VqAutoencoder(new Layers(recorder), NARROW).quantise(recorder.input("latents"));
        recorder.output("latents", quantised.latents());
        recorder.output("indices", quantised.indices());
        Graph graph = recorder.finish("quantiser");

        try (TensorFile file = TensorFile.open(Golden.path("04_vq/first_stage_decoder_state_dict.pt"));
                Parameters parameters = Parameters.load(graph, "decoder", file.tensors());
                Network network = Network.load(graph, parameters);
                Scope scope = Scope.open()) {
            for (String name : List.of("enc_latent", "dec_input")) {
                String input = name.equals("enc_latent") ? name : name + "_latent";
                List<DeviceTensor> results = network.run(scope, npy(scope, "04_vq/" + input + ".npy"));
                long[] expected = Golden.longs("04_vq/" + name + "_indices.npy");
                double[] margins = Golden.doubles("04_vq/" + name + "_index_margin.npy");
                LongBuffer indices = results.get(1).bytes().asLongBuffer();
                for (int i = 0; i < expected.length; i++) {
                    assertThat(indices.get(i) == expected[i] || margins[i] < 1e-5)
                            .as("%s index %d", name, i)
                            .isTrue();
                }
                GoldenNumbers.assertClose(results.get(0), "04_vq/" + name + "_quant.npy", 0);
            }
        }
    }

    @Test
    void the_published_size_gives_the_original_latents_and_images() {
        Graph encoder = VqAutoencoder.encoder(VqConfig.published(), DType.F32);
        Graph decoder = VqAutoencoder.decoder(VqConfig.published(), DType.F32);

        try (Parameters parameters = GoldenNumbers.filled(encoder, "04_vq_full/fill_encoder.json", "");
                Network network = Network.load(encoder, parameters);
                Scope scope = Scope.open()) {
            GoldenNumbers.assertClose(
                    network.apply(scope, npy(scope, "04_vq_full/enc_input.npy")), "04_vq_full/enc_latent.npy", 1.76e-6);
        }
        try (Parameters parameters = GoldenNumbers.filled(decoder, "04_vq_full/fill_decoder.json", "");
                Network network = Network.load(decoder, parameters);
                Scope scope = Scope.open()) {
            GoldenNumbers.assertClose(
                    network.apply(scope, npy(scope, "04_vq_full/dec_input_latent.npy")),
                    "04_vq_full/dec_output.npy",
                    DEVIATION);
        }
    }

    @Test
    void the_published_configuration_has_the_original_names_and_shapes() {
        Map<String, List<Long>> declared = new TreeMap<>();
        Map<String, List<Long>> expected = new TreeMap<>(GoldenNumbers.names("vq_encoder.json", ""));
        expected.putAll(GoldenNumbers.names("vq_decoder.json", ""));

        for (Graph graph : List.of(
                VqAutoencoder.encoder(VqConfig.published(), DType.F32),
                VqAutoencoder.decoder(VqConfig.published(), DType.F32))) {
            for (Declaration declaration : graph.declarations()) {
                declared.put(declaration.name(), GoldenNumbers.boxed(declaration.shape()));
            }
        }

        assertThat(declared).isEqualTo(expected);
    }

    private static DeviceTensor npy(Scope scope, String file) {
        return scope.floats(Golden.floats(file), Golden.shape(file));
    }
}
