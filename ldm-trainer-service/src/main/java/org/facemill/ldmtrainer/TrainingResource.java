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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
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
import org.facemill.platform.http.RunNames;
import org.facemill.platform.messaging.Announcement;
import org.facemill.platform.messaging.Publisher;
import org.facemill.platform.store.ObjectStore;
import org.jboss.resteasy.reactive.RestQuery;

/** Trainings over HTTP; all that happens goes through the topics, as for anyone else. */
@Path("/trainings")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "trainings")
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
    @APIResponse(responseCode = "201", description = "The training is asked for")
    @APIResponse(
            responseCode = "400",
            description = "The recipe was refused whole: problem+json that names each fault with its path; "
                    + "or the model's name is none")
    @APIResponse(responseCode = "409", description = "The model is there already, or being trained")
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
    public TrainingStatus get(String run) {
        return status(run);
    }

    @DELETE
    @Path("/{run}")
    @Operation(
            summary = "Cancel a training",
            description = "Its trainer drops it at the next step; a training that is over stays as it is")
    @APIResponse(responseCode = "202", description = "The trainers are told; the training as it stood before")
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
