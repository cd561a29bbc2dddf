package org.facemill.contracts.registry;

/**
 * An implementation that recipes choose by its name. One of a {@linkplain Kind#parameterised parameterised} kind is a record
 * whose components are the parameters, annotated with description and range or pattern; the instance that is registered holds
 * their defaults. A text that it has empty is without default: a recipe has to give it.
 */
public interface Registered {

    Kind kind();

    /** Name in recipes: lower case, unique within its kind. */
    String name();

    /** What it is, in one line, for schemas and help. */
    String description();
}
