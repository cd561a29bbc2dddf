package org.facemill.ldmtrainer;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.LdmJob;
import org.facemill.contracts.event.RunEvent;
import org.facemill.contracts.event.RunState;
import org.facemill.contracts.recipe.Names;
import org.facemill.contracts.recipe.generator.LdmRecipe;
import org.facemill.contracts.recipe.generator.LdmRecipes;
import org.facemill.ldmtrainer.TrainingStatus.State;
import org.facemill.platform.http.ProblemMapper;
import org.facemill.platform.http.ProblemMapper.Problem;
import org.facemill.platform.http.RunNames;
import org.facemill.platform.messaging.Announcement;
import org.facemill.platform.messaging.Publisher;
import org.facemill.platform.store.ObjectStore;
import org.jboss.resteasy.reactive.RestQuery;

/** Trainings over HTTP; all that happens goes through the topics, as for anyone else. */
@Path("/trainings")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "trainings")
@APIResponse(
        responseCode = "default",
        description = "Refused, or failed; detail says why (RFC 9457)",
        content = @Content(mediaType = ProblemMapper.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@Blocking
public class TrainingResource {

    private final TrainingRepository trainings;
    private final ObjectStore store;
    private final Publisher publisher;

    TrainingResource(TrainingRepository trainings, ObjectStore store, Publisher publisher) {
        this.trainings = trainings;
        this.store = store;
        this.publisher = publisher;
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, "application/yaml", "application/x-yaml", "text/yaml", MediaType.TEXT_PLAIN})
    @Operation(
            summary = "Train a generator",
            description = "The body is a recipe as JSON or YAML; what it leaves out takes its default. "
                    + "Its paths are bucket/prefix")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/yaml",
                            examples = @ExampleObject(name = "painted faces", ref = "recipe")))
    @APIResponse(responseCode = "201", ref = "training")
    @APIResponse(responseCode = "400", ref = "refused")
    @APIResponse(responseCode = "403", ref = "foreign_page")
    @APIResponse(responseCode = "409", ref = "rival")
    public Response submit(
            @Parameter(description = "name of the model", required = true) @RestQuery String model, String text) {
        if (model == null || !model.matches(Names.PATTERN)) {
            throw new BadRequestException(
                    "?model= names the model: letters, digits, dots, underscores and hyphens, at most 100");
        }
        LdmRecipe recipe = LdmRecipes.read(text);
        TrainingData.check(store, recipe);
        trainings.rival(model).ifPresent(rival -> {
            throw new ClientErrorException(rival, Response.Status.CONFLICT);
        });
        LdmJob request = new LdmJob(RunNames.fresh(store, Instant.now()), model, recipe);
        publisher.publish(List.of(new Announcement(Topics.LDM_JOBS, request)));
        trainings.note(request);
        return Response.created(URI.create("/trainings/" + request.run()))
                .entity(status(request.run()))
                .build();
    }

    @GET
    @Operation(summary = "All trainings, latest first")
    public List<TrainingStatus> list() {
        return trainings.all();
    }

    @GET
    @Path("/{run}")
    @Operation(summary = "Where a training stands")
    @APIResponse(responseCode = "200", ref = "training")
    @APIResponse(responseCode = "404", ref = "no_such_training")
    public TrainingStatus get(String run) {
        return status(run);
    }

    @DELETE
    @Path("/{run}")
    @Operation(
            summary = "Cancel a training",
            description = "Its trainer drops it at the next step; a training that is over stays as it is."
                    + " The answer is the training as it stood before")
    @APIResponse(responseCode = "202", ref = "training")
    @APIResponse(responseCode = "403", ref = "foreign_page")
    @APIResponse(responseCode = "404", ref = "no_such_training")
    public Response cancel(String run) {
        TrainingStatus status = status(run);
        if (status.state() == State.WAITING || status.state() == State.TRAINING) {
            publisher.publish(List.of(
                    new Announcement(Topics.RUNS, new RunEvent(run, RunState.CANCELLED, "cancelled by a user", 0, 0))));
        }
        return Response.accepted(status).build();
    }

    private TrainingStatus status(String run) {
        return trainings
                .find(run)
                .orElseThrow(
                        () -> new NotFoundException("there is no training " + run + "; GET /trainings lists them"));
    }
}
