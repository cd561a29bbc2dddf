package org.facemill.context;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Json;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.platform.store.ObjectStore;

/**
 * Writes the list of a version's identities: the outcome of every ordinal up to the last that belongs to it, as a JSON list
 * of {@link IdentityOutcome}s. The complete ones are the version's.
 */
@ApplicationScoped
class Members {

    private static final int PAGE = 1000;

    private final ObjectStore store;

    Members(ObjectStore store) {
        this.store = store;
    }

    /** Writes the list; the same again where it is written already, for its identities are decided. */
    ObjectRef write(Version version) throws IOException {
        Path file = Files.createTempFile("members", ".json");
        try {
            try (JsonGenerator json = Json.MAPPER.createGenerator(file.toFile(), JsonEncoding.UTF8)) {
                json.writeStartArray();
                int left = version.size;
                for (long from = 0; left > 0; from += PAGE) {
                    for (Iterator<Identity> page = page(version.run, from).iterator(); left > 0 && page.hasNext(); ) {
                        Identity identity = page.next();
                        json.writeObject(identity.outcome());
                        left -= identity.status == IdentityStatus.COMPLETE ? 1 : 0;
                    }
                }
                json.writeEndArray();
            }
            return store.upload(Buckets.RUNS, Buckets.members(version.run, version.number), file);
        } finally {
            Files.delete(file);
        }
    }

    /** Identities from an ordinal on; all of them have ended. */
    private static List<Identity> page(String run, long from) {
        return QuarkusTransaction.requiringNew()
                .call(() -> Identity.<Identity>find("run = ?1 and ordinal >= ?2 order by ordinal", run, from)
                        .page(Page.ofSize(PAGE))
                        .list());
    }
}
