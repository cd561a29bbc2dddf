package org.facemill.detection;

import org.facemill.torch.Conv;
import org.facemill.torch.Graph;
import org.facemill.torch.Layers;
import org.facemill.torch.Recorder;
import org.facemill.torch.Value;

/**
 * The three networks of MTCNN (Zhang et al., IEEE SPL 2016), with the names of facenet-pytorch. Input is RGB,
 * (v - 127.5) / 128. Outputs, by name: {@code score}, the probability of a face; {@code offsets}, the corrections of left, top,
 * right and bottom edge as shares of the box; {@code points}, five x, then five y, as shares of the box.
 *
 * <p>They run with channels innermost: max pooling is several times faster so.
 */
final class MtcnnNetworks {

    private MtcnnNetworks() {}

    /**
     * P-Net, fully convolutional: [N,3,H,W] to score [N,h,w] and offsets [N,4,h,w] with h = ceil((H - 2) / 2) - 4. Cell (y, x)
     * judges the 12x12 pixels from (2y, 2x).
     */
    static Graph proposal() {
        Recorder recorder = new Recorder(Recorder.Mode.INFERENCE);
        Layers net = new Layers(recorder).at("pnet");
        Value x = recorder.input("images").channelsLast();
        x = net.prelu("prelu1", net.conv2d("conv1", x, Conv.of(3, 10, 3)), 10).maxPool2d(2, 2, 0, true);
        x = net.prelu("prelu2", net.conv2d("conv2", x, Conv.of(10, 16, 3)), 16);
        x = net.prelu("prelu3", net.conv2d("conv3", x, Conv.of(16, 32, 3)), 32);
        recorder.output(
                "score",
                net.conv2d("conv4_1", x, Conv.of(32, 2, 1))
                        .softmax(1)
                        .select(1, 1)
                        .contiguous());
        recorder.output("offsets", net.conv2d("conv4_2", x, Conv.of(32, 4, 1)));
        return recorder.finish("P-Net");
    }

    /** R-Net: [N,3,24,24] to score [N] and offsets [N,4]. */
    static Graph refinement() {
        Recorder recorder = new Recorder(Recorder.Mode.INFERENCE);
        Layers net = new Layers(recorder).at("rnet");
        Value x = recorder.input("crops").channelsLast();
        x = net.prelu("prelu1", net.conv2d("conv1", x, Conv.of(3, 28, 3)), 28).maxPool2d(3, 2, 0, true);
        x = net.prelu("prelu2", net.conv2d("conv2", x, Conv.of(28, 48, 3)), 48).maxPool2d(3, 2, 0, true);
        x = net.prelu("prelu3", net.conv2d("conv3", x, Conv.of(48, 64, 2)), 64);
        x = net.prelu("prelu4", net.linear("dense4", columnsFirst(x), 576, 128), 128);
        recorder.output("score", faceProbability(net.linear("dense5_1", x, 128, 2)));
        recorder.output("offsets", net.linear("dense5_2", x, 128, 4));
        return recorder.finish("R-Net");
    }

    /** O-Net: [N,3,48,48] to score [N], offsets [N,4] and points [N,10]. */
    static Graph output() {
        Recorder recorder = new Recorder(Recorder.Mode.INFERENCE);
        Layers net = new Layers(recorder).at("onet");
        Value x = recorder.input("crops").channelsLast();
        x = net.prelu("prelu1", net.conv2d("conv1", x, Conv.of(3, 32, 3)), 32).maxPool2d(3, 2, 0, true);
        x = net.prelu("prelu2", net.conv2d("conv2", x, Conv.of(32, 64, 3)), 64).maxPool2d(3, 2, 0, true);
        x = net.prelu("prelu3", net.conv2d("conv3", x, Conv.of(64, 64, 3)), 64).maxPool2d(2, 2, 0, true);
        x = net.prelu("prelu4", net.conv2d("conv4", x, Conv.of(64, 128, 2)), 128);
        x = net.prelu("prelu5", net.linear("dense5", columnsFirst(x), 1152, 256), 256);
        recorder.output("score", faceProbability(net.linear("dense6_1", x, 256, 2)));
        recorder.output("offsets", net.linear("dense6_2", x, 256, 4));
        recorder.output("points", net.linear("dense6_3", x, 256, 10));
        return recorder.finish("O-Net");
    }

    /** The dense layers were trained on maps that were flattened column by column, channels innermost. */
    private static Value columnsFirst(Value map) {
        return map.permute(0, 3, 2, 1).flatten(1);
    }

    private static Value faceProbability(Value logits) {
        return logits.softmax(1).select(1, 1).contiguous();
    }
}
