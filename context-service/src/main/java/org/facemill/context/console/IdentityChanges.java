package org.facemill.context.console;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.facemill.context.ledger.IdentityStatus;

/**
 * What changed of a run's identities. A change is dated before its transaction is committed, so the last moments are queried
 * again.
 */
final class IdentityChanges {

    /** Most changes in one event. */
    static final int LIMIT = 500;

    private static final Duration OVERLAP = Duration.ofSeconds(5);
    private static final Duration OLD = Duration.ofMinutes(1);

    private Instant seenUpTo;
    private Instant queriedAt;
    private Map<Long, IdentityStatus> seen = Map.of();

    IdentityChanges(Instant now) {
        this.seenUpTo = now;
        this.queriedAt = now;
    }

    /** @param heardSince identities of which anything was heard since, the latest last */
    List<IdentityStatus> since(Function<Instant, List<IdentityStatus>> heardSince) {
        queriedAt = Instant.now();
        List<IdentityStatus> heard = heardSince.apply(seenUpTo.minus(OVERLAP));
        List<IdentityStatus> changes = heard.stream()
                .filter(identity -> !identity.equals(seen.get(identity.ordinal())))
                .toList();
        Map<Long, IdentityStatus> now = new HashMap<>();
        heard.forEach(identity -> now.put(identity.ordinal(), identity));
        seen = now;
        if (!heard.isEmpty()) {
            Instant last = heard.get(heard.size() - 1).heard();
            // more at one moment than the limit: go on behind it
            seenUpTo = heard.size() == LIMIT && changes.isEmpty() ? last.plus(OVERLAP) : last;
        }
        return changes;
    }

    /** Whether nobody has queried it for a while. */
    boolean isOld() {
        return Instant.now().isAfter(queriedAt.plus(OLD));
    }
}
