package org.facemill.context;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Json;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.event.Outcome;
import org.facemill.platform.ObjectStore;

/** Writes the list of a version's identities: the first complete ones by ordinal. */
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
                long from = 0;
                for (int left = version.size; left > 0;) {
                    List<Identity> page = page(version.run, from, Math.min(PAGE, left));
                    for (Identity identity : page) {
                        write(json, identity);
                    }
                    left -= page.size();
                    from = page.get(page.size() - 1).ordinal + 1;
                }
                json.writeEndArray();
            }
            return store.upload(Buckets.RUNS, Buckets.members(version.run, version.number), file);
        } finally {
            Files.delete(file);
        }
    }

    private static void write(JsonGenerator json, Identity identity) throws IOException {
        json.writeStartObject();
        json.writeNumberField("ordinal", identity.ordinal);
        json.writeObjectField("outcome", Outcome.COMPLETE);
        json.writeFieldName("crops");
        json.writeRawValue(identity.crops);
        json.writeEndObject();
    }

    private static List<Identity> page(String run, long from, int size) {
        return QuarkusTransaction.requiringNew().call(() -> Identity.<Identity>find("run = ?1 and status = ?2 and ordinal >= ?3 order by ordinal",
                run, IdentityStatus.COMPLETE, from).page(Page.ofSize(size)).list());
    }
}
