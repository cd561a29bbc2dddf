package org.facemill.datasets;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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

    /**
     * Labels of identities by their names: the names themselves where all are class numbers, else 0, 1, ... in their order.
     *
     * @param name what messages call the dataset
     * @throws DatasetException if two are one number, such as 1 and 01
     */
    static List<Integer> ofNames(String name, List<String> identities) {
        if (!identities.stream().allMatch(Labels::isNumber)) {
            return IntStream.range(0, identities.size()).boxed().toList();
        }
        Map<Integer, String> numbers = new LinkedHashMap<>();
        for (String identity : identities) {
            String other = numbers.put(Integer.parseInt(identity), identity);
            if (other != null) {
                throw new DatasetException("%s: the identities '%s' and '%s' are one number; call one of them otherwise"
                        .formatted(name, other, identity));
            }
        }
        return List.copyOf(numbers.keySet());
    }

    private static boolean isNumber(String name) {
        return name.matches("0*\\d{1,8}") && Integer.parseInt(name) < MAX_CLASSES;
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
