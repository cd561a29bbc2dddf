package org.facemill.recognition.backbone;

import java.util.List;
import org.facemill.torch.Conv;
import org.facemill.torch.Init;
import org.facemill.torch.Layers;
import org.facemill.torch.Value;

/**
 * The IR networks of TFace, which ADMIS trains ({@code torchkit/backbone/model_irse.py}), and their older variant that
 * CurricularFace published ({@code utils/irse.py}).
 *
 * @param name              in recipes and reports
 * @param blocks            per stage, four stages; the first block of each halves the map
 * @param widths            channels per stage; the stem has those of the first
 * @param dimension         floats per embedding
 * @param dropout           probability before the last layer
 * @param innerNorm         whether batch norm follows a block's first convolution (TFace) or not (CurricularFace)
 * @param squeezeExcitation whether each block ends with squeeze-and-excitation (IR-SE)
 */
public record IrNet(
        String name,
        List<Integer> blocks,
        List<Integer> widths,
        int dimension,
        double dropout,
        boolean innerNorm,
        boolean squeezeExcitation)
        implements Backbone {

    private static final double EPSILON = 1e-5;

    public IrNet {
        blocks = List.copyOf(blocks);
        widths = List.copyOf(widths);
    }

    @Override
    public String description() {
        return "IR network of TFace and ADMIS: " + Backbones.sizes(blocks, widths, dimension);
    }

    @Override
    public IrNet dropout(double probability) {
        return new IrNet(name, blocks, widths, dimension, probability, innerNorm, squeezeExcitation);
    }

    @Override
    public Value embeddings(Layers layers, Value images) {
        int width = widths.get(0);
        Layers stem = layers.at("input_layer");
        Value x = convolution(stem, "0", images, Conv.of(3, width, 3).padding(1));
        x = stem.prelu("2", stem.batchNorm("1", x, width, EPSILON), width);
        int size = INPUT_SIZE;
        int index = 0;
        for (int stage = 0; stage < blocks.size(); stage++) {
            for (int block = 0; block < blocks.get(stage); block++) {
                int out = widths.get(stage);
                x = block(layers.at("body").at(index++), x, width, out, block == 0 ? 2 : 1);
                width = out;
            }
            size = (size + 1) / 2;
        }
        Layers head = layers.at("output_layer");
        x = head.dropout(head.batchNorm("0", x, width, EPSILON), dropout);
        return head.batchNormWithoutAffine(
                "4", linear(head, x.flatten(1), (long) width * size * size), dimension, EPSILON);
    }

    /** A residual block: batch norm first, the second convolution strides; a shortcut of equal width is a subsampling. */
    Value block(Layers layers, Value input, int in, int out, int stride) {
        Layers residual = layers.at("res_layer");
        int next = 0;
        Value x = residual.batchNorm("" + next++, input, in, EPSILON);
        x = convolution(residual, "" + next++, x, Conv.of(in, out, 3).padding(1));
        if (innerNorm) {
            x = residual.batchNorm("" + next++, x, out, EPSILON);
        }
        x = residual.prelu("" + next++, x, out);
        x = convolution(
                residual, "" + next++, x, Conv.of(out, out, 3).stride(stride).padding(1));
        x = residual.batchNorm("" + next, x, out, EPSILON);
        if (squeezeExcitation) {
            x = SqueezeExcitation.scale(residual.at("se_block"), x, out);
        }
        return x.add(shortcut(layers.at("shortcut_layer"), input, in, out, stride));
    }

    private static Value shortcut(Layers layers, Value input, int in, int out, int stride) {
        if (in == out) {
            return stride == 1 ? input : input.maxPool2d(1, stride, 0, false);
        }
        Value x = convolution(layers, "0", input, Conv.of(in, out, 1).stride(stride));
        return layers.batchNorm("1", x, out, EPSILON);
    }

    private static Value convolution(Layers layers, String name, Value x, Conv conv) {
        // declared first with the initial values that the original gives it
        Init init = Init.kaimingNormal(conv.out() * conv.kernel() * conv.kernel());
        layers.parameter(name + ".weight", init, conv.out(), conv.in(), conv.kernel(), conv.kernel());
        return layers.conv2d(name, x, conv.withoutBias());
    }

    private Value linear(Layers layers, Value x, long in) {
        layers.parameter("3.weight", Init.kaimingNormal(dimension), dimension, in);
        layers.parameter("3.bias", Init.ZEROS, dimension);
        return layers.linear("3", x, in, dimension);
    }
}
