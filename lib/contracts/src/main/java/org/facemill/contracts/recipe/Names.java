package org.facemill.contracts.recipe;

/** What a name in a recipe may look like, for it becomes part of topics and object keys; and the one that is reserved. */
public final class Names {

    /** Letters, digits, dot, underscore, hyphen; begins with a letter or digit; at most 100 characters. */
    public static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";
    /** A run's name: lower case, digits, hyphen; at most 63 characters. */
    public static final String RUN_PATTERN = "[a-z0-9][a-z0-9-]{0,62}";

    /** The encoder that every evaluator and command has; all others are folders of the models bucket. */
    public static final String REFERENCE_ENCODER = "reference";

    private Names() {}
}
