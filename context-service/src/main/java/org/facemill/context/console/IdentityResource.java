package org.facemill.context.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.facemill.context.ledger.IdentityStatus;
import org.facemill.context.ledger.LedgerView;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Json;
import org.facemill.datasets.CropArchive;
import org.facemill.datasets.DatasetException;
import org.facemill.platform.store.ObjectStore;

/** The identities of a run, and their pictures. */
@Path("/runs/{run}/identities")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "identities")
@APIResponse(responseCode = "default", ref = "problem")
@Blocking
public class IdentityResource {

    private static final int MOST_AT_ONCE = 1000;
    private static final String PNG = "image/png";
    /** An identity's pictures never change. */
    private static final String KEPT = "private, max-age=86400, immutable";

    private final LedgerView ledger;
    private final ObjectStore store;

    IdentityResource(LedgerView ledger, ObjectStore store) {
        this.ledger = ledger;
        this.store = store;
    }

    /** All that is known of one identity. */
    @Schema(description = "An identity, and what was stored of it")
    record Detail(
            IdentityStatus identity,

            @Schema(description = "how its crops were made: box, points and score of each; absent until it is aligned")
            Optional<JsonNode> aligned,

            @Schema(description = "the grid of its images as sampled, and what made them; absent until it is sampled")
            Optional<JsonNode> block) {}

    @GET
    @Operation(summary = "Identities by ordinal", description = "No more than " + MOST_AT_ONCE + " at once")
    public List<IdentityStatus> list(
            String run,
            @QueryParam("from") @DefaultValue("0") long from,
            @QueryParam("limit") @DefaultValue("200") int limit,
            @QueryParam("lost")
                    @DefaultValue("false")
                    @Parameter(description = "only those that were discarded or failed")
                    boolean lost) {
        known(run);
        int most = Math.max(1, Math.min(limit, MOST_AT_ONCE));
        return lost ? ledger.lost(run, most) : ledger.identities(run, from, most);
    }

    @GET
    @Path("/{ordinal}")
    @Operation(summary = "One identity")
    public Detail get(String run, long ordinal) {
        IdentityStatus identity = ledger.identity(run, ordinal)
                .orElseThrow(() -> new NotFoundException("run " + run + " has no identity " + ordinal));
        return new Detail(
                identity,
                document(Buckets.ALIGNED, Buckets.alignedDetails(run, ordinal)),
                document(Buckets.BLOCKS, Buckets.blockDetails(run, ordinal)));
    }

    private Optional<JsonNode> document(String bucket, String key) {
        return store.find(bucket, key).flatMap(bytes -> {
            try {
                return Optional.of(Json.MAPPER.readTree(bytes));
            } catch (IOException e) {
                return Optional.empty();
            }
        });
    }

    @GET
    @Path("/{ordinal}/block.png")
    @Produces(PNG)
    @Operation(summary = "The grid of an identity's images as sampled")
    public Response block(String run, long ordinal) {
        return picture(run, Buckets.BLOCKS, Buckets.block(run, ordinal));
    }

    @GET
    @Path("/{ordinal}/aligned.png")
    @Produces(PNG)
    @Operation(summary = "The grid of an identity's aligned images: its contact sheet")
    public Response aligned(String run, long ordinal) {
        return picture(run, Buckets.ALIGNED, Buckets.aligned(run, ordinal));
    }

    @GET
    @Path("/{ordinal}/crops/{image}.png")
    @Produces(PNG)
    @Operation(summary = "One image of an identity, aligned, 112x112")
    public Response crop(String run, long ordinal, int image) {
        known(run);
        String key = Buckets.crops(run, ordinal);
        List<byte[]> crops;
        try {
            crops = CropArchive.read(object(Buckets.CROPS, key), key);
        } catch (DatasetException e) {
            throw new NotFoundException(e.getMessage(), e);
        }
        if (image < 0 || image >= crops.size()) {
            throw new NotFoundException("identity " + ordinal + " has images 0 to " + (crops.size() - 1));
        }
        return kept(crops.get(image));
    }

    private Response picture(String run, String bucket, String key) {
        known(run);
        return kept(object(bucket, key));
    }

    private byte[] object(String bucket, String key) {
        return store.find(bucket, key)
                .orElseThrow(() -> new NotFoundException("bucket " + bucket + " holds no " + key + " (yet)"));
    }

    private static Response kept(byte[] png) {
        return Response.ok(png).header("Cache-Control", KEPT).build();
    }

    private void known(String run) {
        if (ledger.recipe(run).isEmpty()) {
            throw new NotFoundException("there is no run " + run + "; GET /runs lists them");
        }
    }
}
