package org.facemill.contracts.registry;

import java.util.Locale;

/** What recipes choose by name. A kind's implementations stand in one registry of the module that owns it. */
public enum Kind {
    CONTEXT_SOURCE("source"),
    SAMPLING_METHOD(""),
    DATASET_FORMAT(""),
    BACKBONE(""),
    MARGIN_HEAD(Variant.TYPE),
    RATE_SCHEDULE(Variant.TYPE);

    private final String discriminator;

    Kind(String discriminator) {
        this.discriminator = discriminator;
    }

    /** Whether a recipe gives its choice parameters; else it is a name alone. */
    public boolean parameterised() {
        return !discriminator.isEmpty();
    }

    /** The field with the name of what is chosen, beside which its parameters stand. */
    String discriminator() {
        return discriminator;
    }

    /** Key in schemas and in the vocabulary, such as {@code margin_head}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As texts call it, such as {@code margin head}. */
    @Override
    public String toString() {
        return key().replace('_', ' ');
    }
}
