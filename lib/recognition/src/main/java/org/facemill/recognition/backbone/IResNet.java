package org.facemill.recognition.backbone;

import java.util.List;
import org.facemill.tensor.DType;
import org.facemill.torch.Conv;
import org.facemill.torch.Init;
import org.facemill.torch.Layers;
import org.facemill.torch.Value;

/**
 * Improved ResNet (Duta et al., "Improved Residual Networks for Image and Video Recognition", 2020) as ArcFace,
 * ElasticFace and IDiff-Face use it ({@code utils/iresnet.py} and {@code face_recognition_training/backbones/iresnet.py}).
 *
 * @param name              in recipes and reports
 * @param blocks            per stage, four stages; the first block of each halves the map
 * @param widths            channels per stage; the stem has those of the first
 * @param dimension         floats per embedding
 * @param dropout           probability before the last layer
 * @param squeezeExcitation whether each block ends with squeeze-and-excitation
 */
public record IResNet(
        String name,
        List<Integer> blocks,
        List<Integer> widths,
        int dimension,
        double dropout,
        boolean squeezeExcitation)
        implements Backbone {

    private static final double EPSILON = 1e-5;
    private static final Init CONVOLUTION = Init.normal(0.1);

    public IResNet {
        blocks = List.copyOf(blocks);
        widths = List.copyOf(widths);
    }

    @Override
    public String description() {
        return "improved ResNet of IDiff-Face and ElasticFace: " + Backbones.sizes(blocks, widths, dimension);
    }

    @Override
    public IResNet dropout(double probability) {
        return new IResNet(name, blocks, widths, dimension, probability, squeezeExcitation);
    }

    @Override
    public Value embeddings(Layers layers, Value images) {
        int width = widths.get(0);
        Value x = convolution(layers, "conv1", images, Conv.of(3, width, 3).padding(1));
        x = layers.prelu("prelu", layers.batchNorm("bn1", x, width, EPSILON), width);
        int size = INPUT_SIZE;
        for (int stage = 0; stage < blocks.size(); stage++) {
            for (int block = 0; block < blocks.get(stage); block++) {
                int out = widths.get(stage);
                x = block(
                        layers.at("layer" + (stage + 1)).at(block),
                        x,
                        width,
                        out,
                        block == 0 ? 2 : 1,
                        squeezeExcitation);
                width = out;
            }
            size = (size + 1) / 2;
        }
        x = layers.dropout(layers.batchNorm("bn2", x, width, EPSILON), dropout);
        x = layers.linear("fc", x.flatten(1), (long) width * size * size, dimension);
        return features(layers, x);
    }

    /** A residual block: batch norm first, the second convolution strides. */
    static Value block(Layers layers, Value input, int in, int out, int stride, boolean squeezeExcitation) {
        Value x = layers.batchNorm("bn1", input, in, EPSILON);
        x = convolution(layers, "conv1", x, Conv.of(in, out, 3).padding(1));
        x = layers.prelu("prelu", layers.batchNorm("bn2", x, out, EPSILON), out);
        x = convolution(layers, "conv2", x, Conv.of(out, out, 3).stride(stride).padding(1));
        x = layers.batchNorm("bn3", x, out, EPSILON);
        if (squeezeExcitation) {
            x = SqueezeExcitation.scale(layers.at("se_block"), x, out);
        }
        return x.add(stride == 1 && in == out ? input : downsample(layers.at("downsample"), input, in, out, stride));
    }

    private static Value downsample(Layers layers, Value input, int in, int out, int stride) {
        Value x = convolution(layers, "0", input, Conv.of(in, out, 1).stride(stride));
        return layers.batchNorm("1", x, out, EPSILON);
    }

    private static Value convolution(Layers layers, String name, Value x, Conv conv) {
        // declared first with the initial values that the original gives it
        layers.parameter(name + ".weight", CONVOLUTION, conv.out(), conv.in(), conv.kernel(), conv.kernel());
        return layers.conv2d(name, x, conv.withoutBias());
    }

    /** Batch norm whose scale stays 1: the margin head looks at directions alone. */
    private Value features(Layers layers, Value x) {
        Value normalised = layers.batchNormWithoutAffine("features", x, dimension, EPSILON);
        Value scale = layers.buffer("features.weight", DType.F32, Init.ONES, dimension);
        return normalised.mul(scale).add(layers.parameter("features.bias", Init.ZEROS, dimension));
    }
}
