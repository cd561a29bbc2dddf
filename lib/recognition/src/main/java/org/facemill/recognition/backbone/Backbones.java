package org.facemill.recognition.backbone;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.facemill.contracts.registry.Kind;
import org.facemill.contracts.registry.Registrations;
import org.facemill.contracts.registry.Registry;

/** The backbones that recipes can choose. */
public final class Backbones implements Registrations {

    private static final int DIMENSION = 512;
    private static final List<Integer> WIDTHS = List.of(64, 128, 256, 512);
    private static final List<Integer> BLOCKS_18 = List.of(2, 2, 2, 2);
    private static final List<Integer> BLOCKS_34 = List.of(3, 4, 6, 3);
    private static final List<Integer> BLOCKS_50 = List.of(3, 4, 14, 3);
    private static final List<Integer> BLOCKS_100 = List.of(3, 13, 30, 3);

    public static final Registry<Backbone> REGISTRY = new Registry<>(Kind.BACKBONE, Backbone.class);

    @Override
    public List<Backbone> registered() {
        return List.of(
                // a laptop trains it in seconds per epoch
                new IResNet("iresnet-slim", List.of(1, 1, 1, 1), List.of(16, 32, 64, 128), 128, 0.1, false),
                iresnet("iresnet18", BLOCKS_18),
                iresnet("iresnet34", BLOCKS_34),
                iresnet("iresnet50", BLOCKS_50),
                iresnet("iresnet100", BLOCKS_100),
                ir("ir18", BLOCKS_18, true),
                ir("ir34", BLOCKS_34, true),
                ir("ir50", BLOCKS_50, true),
                ir("ir101", BLOCKS_100, true),
                ir("ir101-curricularface", BLOCKS_100, false));
    }

    /**
     * The backbone of a name.
     *
     * @throws IllegalArgumentException for another name
     */
    public static Backbone named(String name) {
        return REGISTRY.named(name);
    }

    static String sizes(List<Integer> blocks, List<Integer> widths, int dimension) {
        return "%s blocks of %s channels, %d floats".formatted(joined(blocks), joined(widths), dimension);
    }

    private static String joined(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining("-"));
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
