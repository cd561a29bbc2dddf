package org.facemill.datasets;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a dataset will hold, known before it is written because some formats state it in a header.
 *
 * @param identities in the order in which they come, copies of images counted
 * @param width of all images in pixels
 * @param height of all images in pixels
 */
public record DatasetPlan(List<Identity> identities, int width, int height) {

    public DatasetPlan {
        identities = List.copyOf(identities);
        Set<Integer> labels = new HashSet<>();
        for (Identity identity : identities) {
            if (identity.images() < 1 || identity.label() < 0 || !labels.add(identity.label())) {
                throw new IllegalArgumentException(
                        "each identity has a label of its own and at least one image, not " + identity);
            }
        }
        if (identities.isEmpty()) {
            throw new IllegalArgumentException("a dataset has identities");
        }
    }

    /** Number of images of all identities. */
    public int images() {
        return identities.stream().mapToInt(Identity::images).reduce(0, Math::addExact);
    }

    /** The highest label and one, for networks whose last layer has a row for each label. */
    public int classes() {
        return 1 + identities.stream().mapToInt(Identity::label).max().orElseThrow();
    }
}
