package org.facemill.contracts.recipe;

import java.util.List;

/** A recipe that was refused; every fault is named with its path in the recipe. */
public final class RecipeException extends RuntimeException {

    private final transient List<Fault> faults;

    /** One thing wrong with a recipe. */
    public record Fault(String path, String message) {}

    public RecipeException(List<Fault> faults) {
        super(faults.stream()
                .map(f -> f.path() + ": " + f.message())
                .reduce((a, b) -> a + "\n" + b)
                .orElse("no fault"));
        this.faults = List.copyOf(faults);
    }

    /** The faults, at least one. */
    public List<Fault> faults() {
        return faults;
    }
}
