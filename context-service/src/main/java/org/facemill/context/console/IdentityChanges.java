package org.facemill.context.console;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.facemill.context.ledger.IdentityStatus;

/** What is new of a run's identities. A change is dated before it can be seen, so the last moments are looked at again. */
final class IdentityNews {

    /** Told at once, at most. */
    static final int LIMIT = 500;

    private static final Duration OVERLAP = Duration.ofSeconds(5);
    private static final Duration OLD = Duration.ofMinutes(1);

    private Instant seenUpTo;
    private Instant lookedAt;
    private Map<Long, IdentityStatus> seen = Map.of();

    IdentityNews(Instant now) {
        this.seenUpTo = now;
        this.lookedAt = now;
    }

    /** @param heardSince identities of which anything was heard since, the latest last */
    List<IdentityStatus> since(Function<Instant, List<IdentityStatus>> heardSince) {
        lookedAt = Instant.now();
        List<IdentityStatus> heard = heardSince.apply(seenUpTo.minus(OVERLAP));
        List<IdentityStatus> news = heard.stream()
                .filter(identity -> !identity.equals(seen.get(identity.ordinal())))
                .toList();
        Map<Long, IdentityStatus> now = new HashMap<>();
        heard.forEach(identity -> now.put(identity.ordinal(), identity));
        seen = now;
        if (!heard.isEmpty()) {
            Instant last = heard.get(heard.size() - 1).heard();
            // where more came at once than are told: on from there
            seenUpTo = heard.size() == LIMIT && news.isEmpty() ? last.plus(OVERLAP) : last;
        }
        return news;
    }

    /** Whether nobody has asked for a while. */
    boolean isOld() {
        return Instant.now().isAfter(lookedAt.plus(OLD));
    }
}
