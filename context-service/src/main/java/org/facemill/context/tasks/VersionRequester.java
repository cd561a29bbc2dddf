package org.facemill.context.tasks;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ApplicationNotRunning;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.facemill.context.ledger.Ledger;
import org.facemill.context.ledger.Ledger.FullVersion;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Json;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Outcome;
import org.facemill.platform.store.ObjectStore;

/**
 * Requests the packing of versions whose identities are decided. The request refers to a list of them: the outcome of every
 * ordinal up to the last that belongs to the version, as a JSON array of {@link IdentityOutcome}s; the complete ones are the
 * version's.
 */
@ApplicationScoped
class VersionRequester {

    private static final int PAGE = 1000;

    private final Ledger ledger;
    private final ObjectStore store;

    VersionRequester(Ledger ledger, ObjectStore store) {
        this.ledger = ledger;
        this.store = store;
    }

    @Scheduled(
            every = "1S",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = ApplicationNotRunning.class)
    void request() throws IOException {
        for (FullVersion version : ledger.fullVersions()) {
            ledger.requestPacking(version, list(version));
        }
    }

    /** Writes the list; the same again where it is written already, for its identities are decided. */
    private ObjectRef list(FullVersion version) throws IOException {
        Path file = Files.createTempFile("identities", ".json");
        try {
            try (JsonGenerator json = Json.MAPPER.createGenerator(file.toFile(), JsonEncoding.UTF8)) {
                json.writeStartArray();
                int left = version.size();
                for (long from = 0; left > 0; from += PAGE) {
                    Iterator<IdentityOutcome> page =
                            ledger.outcomes(version.run(), from, PAGE).iterator();
                    while (left > 0 && page.hasNext()) {
                        IdentityOutcome identity = page.next();
                        json.writeObject(identity);
                        left -= identity.outcome() == Outcome.COMPLETE ? 1 : 0;
                    }
                }
                json.writeEndArray();
            }
            return store.upload(Buckets.RUNS, Buckets.members(version.run(), version.number()), file);
        } finally {
            Files.delete(file);
        }
    }
}
