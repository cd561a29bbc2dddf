package org.facemill.evaluation.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.facemill.evaluation.comparison.IdentityLikeness;
import org.facemill.evaluation.comparison.Separation;

/** Which identities a report lists. */
final class Outliers {

    /** Identities listed as least alike in themselves, and pairs listed as most alike. */
    static final int LISTED = 10;

    private Outliers() {}

    /** Identities whose own images are least alike, worst first. */
    static List<IdentityLikeness> leastAlike(Separation separation) {
        return separation.likeness().stream()
                .filter(i -> i.images() > 1)
                .sorted(Comparator.comparingDouble(IdentityLikeness::genuineMean))
                .limit(LISTED)
                .toList();
    }

    /** Identities that another one resembles most, each pair once, closest first. */
    static List<IdentityLikeness> closestPairs(Separation separation) {
        Map<Long, Long> nearest = new LinkedHashMap<>();
        separation.likeness().forEach(i -> nearest.put(i.ordinal(), i.nearest()));
        return separation.likeness().stream()
                .filter(i -> i.nearest() >= 0)
                .filter(i -> i.ordinal() < i.nearest() || nearest.get(i.nearest()) != i.ordinal())
                .sorted(Comparator.comparingDouble(IdentityLikeness::nearestCosine)
                        .reversed())
                .limit(LISTED)
                .toList();
    }
}
