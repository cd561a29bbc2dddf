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
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.facemill.context.ledger.Ledger;
import org.facemill.context.ledger.RunStatus;
import org.facemill.context.vectors.ContextVectors;
import org.facemill.context.vectors.StoredContexts;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.ObjectRef;
import org.facemill.platform.http.ProblemMapper;
import org.facemill.platform.http.ProblemMapper.Problem;
import org.facemill.platform.http.RunNames;
import org.facemill.platform.store.ObjectStore;

/** Runs over HTTP. */
@Path("/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
@APIResponse(responseCode = "default", ref = "problem")
@Blocking
public class RunResource {

    static final String YAML = "application/yaml";
    private static final String RECIPE_SCHEMA = "/contract/schemas/recipe.v1.json";

    private final Ledger ledger;
    private final RecipeCheck check;
    private final RunStatuses statuses;
    private final RunExtender extender;
    private final ObjectStore store;

    RunResource(Ledger ledger, RecipeCheck check, RunStatuses statuses, RunExtender extender, ObjectStore store) {
        this.ledger = ledger;
        this.check = check;
        this.statuses = statuses;
        this.extender = extender;
        this.store = store;
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, YAML, "application/x-yaml", "text/yaml", MediaType.TEXT_PLAIN})
    @Operation(
            summary = "Start a run",
            description = "The body is a recipe as JSON or YAML; what it leaves out takes its default")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = YAML,
                        schema = @Schema(ref = RECIPE_SCHEMA),
                        examples = @ExampleObject(name = "painted faces", ref = "recipe")),
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = RECIPE_SCHEMA))
            })
    @APIResponse(
            responseCode = "201",
            description = "The run has begun; where a plug-in of it does not run, warnings say so",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RunStatus.class),
                            examples = @ExampleObject(name = "a run", ref = "run")))
    @APIResponse(
            responseCode = "400",
            description = "The recipe was refused whole; each fault is named with its path",
            content =
                    @Content(
                            mediaType = ProblemMapper.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "a refusal", ref = "refused_recipe")))
    @APIResponse(responseCode = "403", ref = "foreign_page")
    public Response start(String text) throws IOException {
        try (RecipeCheck.Accepted accepted = check.accept(text)) {
            Instant now = Instant.now();
            String name = RunNames.fresh(store, now);
            long contexts = contexts(name, accepted.contexts());
            ObjectRef stored = store.putJson(Buckets.RUNS, Buckets.recipe(name), accepted.recipe());
            ledger.begin(name, accepted.recipe(), stored, contexts, now);
            return Response.created(URI.create("/runs/" + name))
                    .entity(status(name))
                    .build();
        }
    }

    /** How many identities there are contexts for; stored ones are kept with the run. */
    private long contexts(String run, Optional<StoredContexts> stored) throws IOException {
        if (stored.isEmpty()) {
            return ContextVectors.UNBOUNDED;
        }
        stored.get().copyTo(store, run);
        return stored.get().size();
    }

    @GET
    @Operation(summary = "All runs, latest first")
    @APIResponse(
            responseCode = "200",
            description = "The runs",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.ARRAY, implementation = RunStatus.class),
                            examples = @ExampleObject(name = "runs", ref = "runs")))
    public List<RunStatus> list() {
        return statuses.all();
    }

    @GET
    @Path("/{run}")
    @Operation(summary = "Where a run stands")
    @APIResponse(responseCode = "200", ref = "run")
    @APIResponse(responseCode = "404", ref = "no_such_run")
    public RunStatus get(String run) {
        return status(run);
    }

    @DELETE
    @Path("/{run}")
    @Operation(
            summary = "Cancel a run",
            description = "Workers drop what is left of it; a run that is over stays as it is")
    @APIResponse(
            responseCode = "200",
            description = "The run as it is now",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RunStatus.class),
                            examples = @ExampleObject(name = "a cancelled run", ref = "cancelled_run")))
    @APIResponse(responseCode = "403", ref = "foreign_page")
    @APIResponse(responseCode = "404", ref = "no_such_run")
    public RunStatus cancel(String run) {
        ledger.cancel(run, Instant.now());
        return status(run);
    }

    @POST
    @Path("/{run}/extend")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Extend a run to more identities",
            description =
                    "Those that it has stay as they are; with those that come the dataset is that of a run which was begun with as"
                            + " many. What was wanted before is a version of it, and one more is announced")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RunExtension.class),
                            examples = @ExampleObject(name = "more identities", value = "{\"identities\": 48}")))
    @APIResponse(responseCode = "200", ref = "run")
    @APIResponse(
            responseCode = "400",
            description = "There are as many already, or too many are asked for",
            content =
                    @Content(
                            mediaType = ProblemMapper.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "no more than there are", ref = "refused_extension")))
    @APIResponse(responseCode = "403", ref = "foreign_page")
    @APIResponse(responseCode = "404", ref = "no_such_run")
    @APIResponse(
            responseCode = "409",
            description = "The run is failed or cancelled, or there are not so many contexts",
            content = @Content(mediaType = ProblemMapper.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public RunStatus extend(String run, String text) {
        extender.extend(run, RunExtension.parse(text).identities());
        return status(run);
    }

    private RunStatus status(String name) {
        return statuses.find(name)
                .orElseThrow(() -> new NotFoundException("there is no run " + name + "; GET /runs lists them"));
    }
}
