package org.facemill.datasets;

import java.util.Arrays;

/** Class numbers as files give them. */
final class Labels {

    private static final int MAX_CLASSES = 1 << 24;

    private Labels() {}

    static int of(double label, String name) {
        if (!(label >= 0 && label < MAX_CLASSES && label == Math.rint(label))) {
            throw new DatasetException(
                    name + ": label " + label + " is no class number; labels are 0, 1, ... below " + MAX_CLASSES);
        }
        return (int) label;
    }

    static int of(String label, String name) {
        try {
            return of(Integer.parseInt(label.strip()), name);
        } catch (NumberFormatException e) {
            throw new DatasetException(name + ": label '" + label + "' is no class number", e);
        }
    }

    /** The highest label and one. */
    static int classes(int[] labels, String name) {
        return 1
                + Arrays.stream(labels)
                        .max()
                        .orElseThrow(() ->
                                new DatasetException(name + ": a dataset without images; was it packed to the end?"));
    }
}
