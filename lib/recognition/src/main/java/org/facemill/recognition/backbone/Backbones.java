package org.facemill.recognition.backbone;

import java.util.List;
import java.util.Map;

/** The backbones by name. */
public final class Backbones {

    private static final int DIMENSION = 512;
    private static final List<Integer> WIDTHS = List.of(64, 128, 256, 512);
    private static final List<Integer> BLOCKS_18 = List.of(2, 2, 2, 2);
    private static final List<Integer> BLOCKS_34 = List.of(3, 4, 6, 3);
    private static final List<Integer> BLOCKS_50 = List.of(3, 4, 14, 3);
    private static final List<Integer> BLOCKS_100 = List.of(3, 13, 30, 3);

    private static final Map<String, Backbone> ALL = Map.ofEntries(
            Map.entry(
                    "iresnet-slim",
                    new IResNet("iresnet-slim", List.of(1, 1, 1, 1), List.of(16, 32, 64, 128), 128, 0.1, false)),
            Map.entry("iresnet18", iresnet("iresnet18", BLOCKS_18)),
            Map.entry("iresnet34", iresnet("iresnet34", BLOCKS_34)),
            Map.entry("iresnet50", iresnet("iresnet50", BLOCKS_50)),
            Map.entry("iresnet100", iresnet("iresnet100", BLOCKS_100)),
            Map.entry("ir18", ir("ir18", BLOCKS_18, true)),
            Map.entry("ir34", ir("ir34", BLOCKS_34, true)),
            Map.entry("ir50", ir("ir50", BLOCKS_50, true)),
            Map.entry("ir101", ir("ir101", BLOCKS_100, true)),
            Map.entry("ir101-curricularface", ir("ir101-curricularface", BLOCKS_100, false)));

    private Backbones() {}

    /**
     * The backbone of a name: {@code iresnet18}, {@code 34}, {@code 50}, {@code 100}; {@code ir18}, {@code 34}, {@code 50},
     * {@code 101}; {@code ir101-curricularface}; {@code iresnet-slim}, which a laptop trains in seconds per epoch.
     *
     * @throws IllegalArgumentException for another name
     */
    public static Backbone named(String name) {
        Backbone backbone = ALL.get(name);
        if (backbone == null) {
            throw new IllegalArgumentException("no backbone is called '" + name + "'; there are "
                    + String.join(", ", ALL.keySet().stream().sorted().toList()));
        }
        return backbone;
    }

    /**
     * The backbone that a checkpoint is of, told by the names and shapes of its tensors.
     *
     * @param name of the result, and for messages
     * @throws IllegalArgumentException if they are those of no IResNet or IR network
     */
    public static Backbone of(String name, Map<String, long[]> shapes) {
        return new BackboneShapes(name, shapes).backbone();
    }

    private static IResNet iresnet(String name, List<Integer> blocks) {
        return new IResNet(name, blocks, WIDTHS, DIMENSION, 0.4, false);
    }

    private static IrNet ir(String name, List<Integer> blocks, boolean innerNorm) {
        return new IrNet(name, blocks, WIDTHS, DIMENSION, 0.4, innerNorm, false);
    }
}
