package org.facemill.diffusion.unet;

import java.util.Arrays;

/** How time and context reach the network; named as in the original's {@code condition_type}. */
public enum ConditionType {
    /** Both are added to the features before a plain group normalisation (Ho et al., 2020). */
    ADD_PLUS_GN("AddPlusGN"),
    /** Their sum scales and shifts the normalised features (Dhariwal and Nichol, 2021). */
    ADA_GN("AdaGN"),
    /** As AdaGN for time; the context multiplies the result (Preechakul et al., 2022). */
    DIFF_AE("DiffAE"),
    /** As AdaGN for time; the context enters by cross-attention. */
    CA("CA");

    private final String original;

    ConditionType(String original) {
        this.original = original;
    }

    /** The original's spelling. */
    public String original() {
        return original;
    }

    /** @throws IllegalArgumentException if the name, in any case, is none of the four */
    public static ConditionType of(String name) {
        return Arrays.stream(values())
                .filter(type -> type.original.equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "condition_type: '" + name + "' is none of AddPlusGN, AdaGN, DiffAE, CA"));
    }
}
