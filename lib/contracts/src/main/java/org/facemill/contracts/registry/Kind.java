package org.facemill.contracts.registry;

import java.util.Locale;

/** What recipes choose by name. A kind's implementations stand in one registry of the module that owns it. */
public enum Kind {
    CONTEXT_SOURCE(false),
    SAMPLING_METHOD(false),
    DATASET_FORMAT(false),
    BACKBONE(false),
    MARGIN_HEAD(true),
    RATE_SCHEDULE(true);

    private final boolean parameterised;

    Kind(boolean parameterised) {
        this.parameterised = parameterised;
    }

    /** Whether a recipe gives its choice parameters, as a {@link Variant}; else it is a name alone. */
    public boolean parameterised() {
        return parameterised;
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
