package org.facemill.diffusion.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.facemill.diffusion.vq.VqConfig;

/** Autoencoder configurations from first_stage_config.yaml, and from decoders that come without one. */
final class VqConfigs {
    private static final int USUAL_RESOLUTION = 256;

    private VqConfigs() {}

    /** From {@code params} of a first_stage_config.yaml. The codebook's size is the checkpoint's: the original ignores the file's. */
    static VqConfig read(JsonNode params, VqConfig inferred) {
        JsonNode dd = params.path("ddconfig");
        return new VqConfig(
                inferred.embedDim(),
                inferred.codes(),
                dd.path("z_channels").asInt(inferred.zChannels()),
                dd.path("resolution").asInt(inferred.resolution()),
                dd.path("in_channels").asInt(inferred.inChannels()),
                dd.path("out_ch").asInt(inferred.outChannels()),
                dd.path("ch").asInt(inferred.channels()),
                integers(dd.path("ch_mult"), inferred.multipliers()),
                dd.path("num_res_blocks").asInt(inferred.residualBlocks()),
                integers(dd.path("attn_resolutions"), inferred.attnResolutions()),
                dd.path("dropout").asDouble(0));
    }

    private static List<Integer> integers(JsonNode array, List<Integer> otherwise) {
        if (!array.isArray()) {
            return otherwise;
        }
        List<Integer> values = new ArrayList<>();
        array.forEach(node -> values.add(node.asInt()));
        return values;
    }

    /**
     * From names and shapes of a decoder with its codebook.
     *
     * @throws IllegalArgumentException if it is none
     */
    static VqConfig infer(Map<String, long[]> shapes) {
        long[] codebook = of(shapes, "quantize.embedding.weight");
        int channels = (int) of(shapes, "decoder.norm_out.weight")[0];
        List<Integer> multipliers = new ArrayList<>();
        List<Integer> attention = new ArrayList<>();
        while (shapes.containsKey(block(multipliers.size(), 0))) {
            int level = multipliers.size();
            if (shapes.containsKey("decoder.up." + level + ".attn.0.q.weight")) {
                attention.add(USUAL_RESOLUTION >> level);
            }
            multipliers.add((int) of(shapes, block(level, 0))[0]);
        }
        // the output's normalisation has the channels of level 0; its multiplier is 1 in all that is published
        multipliers.replaceAll(width -> width / channels);
        int blocks = 0;
        while (shapes.containsKey(block(0, blocks))) {
            blocks++;
        }
        int imageChannels = (int) of(shapes, "decoder.conv_out.weight")[0];
        return new VqConfig(
                (int) codebook[1],
                (int) codebook[0],
                (int) of(shapes, "decoder.conv_in.weight")[1],
                USUAL_RESOLUTION,
                imageChannels,
                imageChannels,
                channels,
                multipliers,
                blocks - 1,
                attention,
                0);
    }

    private static String block(int level, int index) {
        return "decoder.up." + level + ".block." + index + ".conv1.weight";
    }

    private static long[] of(Map<String, long[]> shapes, String name) {
        long[] shape = shapes.get(name);
        if (shape == null) {
            throw new IllegalArgumentException("no VQ decoder: it holds no `" + name + "`");
        }
        return shape;
    }
}
