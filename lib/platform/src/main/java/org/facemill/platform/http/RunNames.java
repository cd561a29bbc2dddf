package org.facemill.platform.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.facemill.contracts.Buckets;
import org.facemill.platform.store.ObjectStore;

/** Names of new runs. */
public final class RunNames {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private RunNames() {}

    /** An unused name: the time, so that names sort by it, and a random suffix. */
    public static String fresh(ObjectStore store, Instant now) {
        String name;
        do {
            name = TIME.format(now) + "-"
                    + HexFormat.of()
                            .toHexDigits((short) ThreadLocalRandom.current().nextInt());
        } while (!store.list(Buckets.RUNS, name + "/").isEmpty());
        return name;
    }
}
