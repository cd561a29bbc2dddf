package org.facemill.context.artefact;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.facemill.context.artefact.ArtefactResource.Artefact;
import org.facemill.context.ledger.LedgerView;
import org.facemill.context.ledger.LedgerView.SealedVersion;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Json;
import org.facemill.platform.store.ObjectStore;

/** Datasets that are packed. */
@Path("/datasets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "artefacts")
@APIResponse(responseCode = "default", ref = "problem")
@Blocking
public class DatasetResource {

    private static final String FOLDER = "folder";

    private final LedgerView ledger;
    private final ObjectStore store;

    DatasetResource(LedgerView ledger, ObjectStore store) {
        this.ledger = ledger;
        this.store = store;
    }

    /** A version of a dataset. */
    @Schema(description = "A version of a dataset: what its manifest says, and its files")
    record Dataset(
            @Schema(description = "digest of all its pixels")
            String digest,

            @Schema(description = "what made the images: sampler, model and its digest, device")
            JsonNode origins,

            List<String> formats,

            @Schema(description = "of all formats but folder, which has a file for each image")
            List<Artefact> files) {}

    @GET
    @Operation(summary = "All datasets that are packed, the latest run first")
    public List<SealedVersion> list() {
        return ledger.sealedVersions();
    }

    @GET
    @Path("/{run}/{version}")
    @Operation(summary = "One version of a dataset")
    public Dataset get(String run, int version) throws IOException {
        byte[] bytes = store.find(Buckets.DATASETS, Buckets.manifest(run, version))
                .orElseThrow(() -> new NotFoundException("run " + run + " has no packed version " + version));
        JsonNode manifest = Json.MAPPER.readTree(bytes);
        List<String> formats = new ArrayList<>();
        manifest.path("formats").forEach(format -> formats.add(format.asText()));
        List<Artefact> files = new ArrayList<>();
        files.add(new Artefact(Buckets.manifest(run, version), bytes.length));
        formats.stream()
                .filter(format -> !format.equals(FOLDER))
                .forEach(format -> store.sizes(Buckets.DATASETS, Buckets.dataset(run, version) + format + "/")
                        .forEach((key, size) -> files.add(new Artefact(key, size))));
        return new Dataset(manifest.path("digest").asText(), manifest.path("origins"), formats, files);
    }
}
