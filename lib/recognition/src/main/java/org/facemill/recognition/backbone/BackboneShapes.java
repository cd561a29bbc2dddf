package org.facemill.recognition.backbone;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tells a backbone from the names and shapes of a checkpoint's tensors, so that weights need no configuration. */
final class BackboneShapes {

    private final String name;
    private final Map<String, long[]> shapes;

    BackboneShapes(String name, Map<String, long[]> shapes) {
        this.name = name;
        this.shapes = shapes;
    }

    Backbone backbone() {
        if (shapes.containsKey("layer1.0.conv1.weight") && shapes.containsKey("fc.weight")) {
            return iresnet();
        }
        if (shapes.containsKey("body.0.res_layer.1.weight") && shapes.containsKey("output_layer.3.weight")) {
            return ir();
        }
        throw new IllegalArgumentException(
                name + ": no IResNet (`layer1.0.conv1.weight`, `fc.weight`) and no IR network"
                        + " (`body.0.res_layer.1.weight`, `output_layer.3.weight`); its first names are "
                        + shapes.keySet().stream().limit(3).toList());
    }

    private IResNet iresnet() {
        List<Integer> blocks = new ArrayList<>();
        List<Integer> widths = new ArrayList<>();
        for (int stage = 1; shapes.containsKey("layer" + stage + ".0.conv1.weight"); stage++) {
            String layer = "layer" + stage + ".";
            blocks.add(count(layer, ".conv1.weight"));
            widths.add(rows(layer + "0.conv1.weight"));
        }
        return new IResNet(
                name, blocks, widths, rows("fc.weight"), 0, shapes.containsKey("layer1.0.se_block.fc1.weight"));
    }

    /** Stages begin where the width grows: the published networks have no two of one width. */
    private IrNet ir() {
        List<Integer> blocks = new ArrayList<>();
        List<Integer> widths = new ArrayList<>();
        int total = count("body.", ".res_layer.1.weight");
        for (int block = 0; block < total; block++) {
            int width = rows("body." + block + ".res_layer.1.weight");
            int last = widths.size() - 1;
            if (widths.isEmpty() || widths.get(last) != width) {
                widths.add(width);
                blocks.add(1);
            } else {
                blocks.set(last, blocks.get(last) + 1);
            }
        }
        return new IrNet(
                name,
                blocks,
                widths,
                rows("output_layer.3.weight"),
                0,
                shapes.containsKey("body.0.res_layer.5.weight"),
                shapes.containsKey("body.0.res_layer.se_block.fc1.weight"));
    }

    private int count(String prefix, String suffix) {
        int count = 0;
        while (shapes.containsKey(prefix + count + suffix)) {
            count++;
        }
        return count;
    }

    private int rows(String tensor) {
        return Math.toIntExact(shapes.get(tensor)[0]);
    }
}
