package org.facemill.recognition;

import org.facemill.torch.Conv;
import org.facemill.torch.Layers;
import org.facemill.torch.Value;

/**
 * dlib's face recognition network ({@code dnn_face_recognition_ex.cpp}): ResNet-34 with a few layers fewer, no padding
 * where it strides, average-pooled shortcuts. Channel-wise scales are folded into the convolutions' weights.
 */
final class ResNet29 {

    static final int INPUT_SIZE = 150;
    static final int DIMENSION = 128;
    private static final int STEM_WIDTH = 32;
    private static final int STEM_KERNEL = 7;

    private final Layers layers;
    private Value x;
    private int width;
    private int size;

    private ResNet29(Layers layers, Value images) {
        this.layers = layers;
        this.x = layers.conv2d(
                        "conv32_down.conv",
                        images,
                        Conv.of(3, STEM_WIDTH, STEM_KERNEL).stride(2))
                .relu()
                .maxPool2d(3, 2, 0, false);
        this.width = STEM_WIDTH;
        this.size = (((INPUT_SIZE - STEM_KERNEL) / 2 + 1) - 3) / 2 + 1;
    }

    /** [N,3,150,150], mean subtracted, to [N,128], not normalised. */
    static Value embeddings(Layers layers, Value images) {
        ResNet29 network = new ResNet29(layers, images);
        network.blocks("conv32", 3);
        network.down("conv64_down", 64);
        network.blocks("conv64", 3);
        network.down("conv128_down", 128);
        network.blocks("conv128", 2);
        network.down("conv256_down", 256);
        network.blocks("conv256", 2);
        network.down("conv256_down_out", 256);
        Value features = network.x.mean(new int[] {2, 3}, false);
        return layers.linearWithoutBias("fc", features, network.width, DIMENSION);
    }

    private void blocks(String name, int count) {
        for (int i = 1; i <= count; i++) {
            Layers block = layers.at(name + "_" + i);
            Value hidden = block.conv2d(
                            "conv1.conv", x, Conv.of(width, width, 3).padding(1))
                    .relu();
            x = block.conv2d("conv2.conv", hidden, Conv.of(width, width, 3).padding(1))
                    .add(x)
                    .relu();
        }
    }

    /** Halves the map; the pooled shortcut gets zero channels, the strided map zero rows and columns, to fit each other. */
    private void down(String name, int out) {
        Layers block = layers.at(name);
        Value hidden =
                block.conv2d("conv1.conv", x, Conv.of(width, out, 3).stride(2)).relu();
        Value residual = block.conv2d("conv2.conv", hidden, Conv.of(out, out, 3).padding(1));
        int strided = (size - 3) / 2 + 1;
        int pooled = size / 2;
        residual = residual.pad(0, pooled - strided, 0, pooled - strided);
        x = residual.add(x.avgPool2d(2, 2).pad(0, 0, 0, 0, 0, out - width)).relu();
        width = out;
        size = pooled;
    }
}
