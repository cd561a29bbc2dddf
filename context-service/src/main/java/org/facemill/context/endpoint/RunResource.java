package org.facemill.context.endpoint;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.facemill.context.ledger.Ledger;
import org.facemill.context.ledger.RunStatus;
import org.facemill.context.vectors.ContextVectors;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.ObjectRef;
import org.facemill.platform.http.RunNames;
import org.facemill.platform.store.ObjectStore;

/** Runs over HTTP. */
@Path("/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
@Blocking
public class RunResource {

    private final Ledger ledger;
    private final RecipeCheck check;
    private final ObjectStore store;

    RunResource(Ledger ledger, RecipeCheck check, ObjectStore store) {
        this.ledger = ledger;
        this.check = check;
        this.store = store;
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, "application/yaml", "application/x-yaml", "text/yaml", MediaType.TEXT_PLAIN})
    @Operation(
            summary = "Start a run",
            description = "The body is a recipe as JSON or YAML; what it leaves out takes its default")
    @APIResponse(responseCode = "201", description = "The run has begun")
    @APIResponse(
            responseCode = "400",
            description = "The recipe was refused whole: problem+json that names each fault with its path")
    public Response start(String text) throws IOException {
        try (RecipeCheck.Accepted accepted = check.accept(text)) {
            Instant now = Instant.now();
            String name = RunNames.fresh(store, now);
            long contexts = ContextVectors.UNBOUNDED;
            if (accepted.contexts().isPresent()) {
                accepted.contexts().get().copyTo(store, name);
                contexts = accepted.contexts().get().size();
            }
            ObjectRef stored = store.putJson(Buckets.RUNS, Buckets.recipe(name), accepted.recipe());
            ledger.begin(name, accepted.recipe(), stored, contexts, now);
            return Response.created(URI.create("/runs/" + name))
                    .entity(status(name))
                    .build();
        }
    }

    @GET
    @Operation(summary = "All runs, latest first")
    public List<RunStatus> list() {
        return ledger.statuses();
    }

    @GET
    @Path("/{run}")
    @Operation(summary = "Where a run stands")
    public RunStatus get(String run) {
        return status(run);
    }

    @DELETE
    @Path("/{run}")
    @Operation(
            summary = "Cancel a run",
            description = "Workers drop what is left of it; a run that is over stays as it is")
    public RunStatus cancel(String run) {
        ledger.cancel(run, Instant.now());
        return status(run);
    }

    private RunStatus status(String name) {
        return ledger.status(name)
                .orElseThrow(() -> new NotFoundException("there is no run " + name + "; GET /runs lists them"));
    }
}
