package org.facemill.recognition;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.facemill.contracts.recipe.Names;
import org.facemill.images.FacePoints;
import org.facemill.tensor.Tensor;
import org.facemill.tensor.TensorFile;
import org.facemill.torch.Graph;
import org.facemill.torch.Layers;
import org.facemill.torch.Network;
import org.facemill.torch.Parameters;
import org.facemill.torch.Recorder;

/**
 * The recogniser that comes with this library: dlib's ResNet-29, 128-d, public domain (see {@code reference.LICENSE.txt}
 * beside the weights). 8-bit weights {@code X} mean {@code X * scale + minimum}, both in {@code X.quantization}.
 */
final class ReferenceRecogniser {

    private static final String RESOURCE = "reference.safetensors";

    private ReferenceRecogniser() {}

    static NetworkEncoder open() {
        Recorder recorder = new Recorder(Recorder.Mode.INFERENCE);
        recorder.output("embeddings", ResNet29.embeddings(new Layers(recorder), recorder.input("images")));
        Graph graph = recorder.finish(Names.REFERENCE_ENCODER);
        Parameters parameters = weights();
        return new NetworkEncoder(
                Names.REFERENCE_ENCODER,
                FacePoints.DLIB_150,
                ResNet29.DIMENSION,
                Normalisation.DLIB,
                Network.load(graph, parameters),
                parameters::close);
    }

    private static Parameters weights() {
        Parameters parameters = new Parameters(RESOURCE);
        try {
            Path file = Files.createTempFile("facemill-", ".safetensors");
            try (InputStream in = ReferenceRecogniser.class.getResourceAsStream(RESOURCE)) {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                try (TensorFile tensors = TensorFile.open(file)) {
                    fill(parameters, tensors);
                }
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parameters;
    }

    /** Convolutions with the channel-wise scale and shift that follow each folded in. */
    private static void fill(Parameters parameters, TensorFile tensors) throws IOException {
        for (String name : tensors.names()) {
            if (!name.endsWith(".conv.weight")) {
                continue;
            }
            String convolution = name.substring(0, name.length() - ".weight".length());
            String scaling = convolution.substring(0, convolution.length() - ".conv".length()) + ".scale";
            float[] weight = values(tensors, name);
            float[] bias = values(tensors, convolution + ".bias");
            float[] scale = values(tensors, scaling + ".weights");
            float[] shift = values(tensors, scaling + ".biases");
            int perChannel = weight.length / scale.length;
            for (int i = 0; i < weight.length; i++) {
                weight[i] *= scale[i / perChannel];
            }
            for (int i = 0; i < bias.length; i++) {
                bias[i] = bias[i] * scale[i] + shift[i];
            }
            parameters.put(name, weight, tensors.get(name).shape());
            parameters.put(convolution + ".bias", bias, bias.length);
        }
        parameters.put(
                "fc.weight",
                values(tensors, "fc.weight"),
                tensors.get("fc.weight").shape());
    }

    private static float[] values(TensorFile tensors, String name) throws IOException {
        Tensor tensor = tensors.get(name);
        float[] values = tensor.floats();
        if (!tensor.dtype().isFloating()) {
            double[] quantization = tensors.get(name + ".quantization").doubles();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (values[i] * quantization[0] + quantization[1]);
            }
        }
        return values;
    }
}
