package org.facemill.context.deadletter;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.facemill.context.deadletter.DeadLetterBox.Found;
import org.facemill.context.deadletter.DeadLetterBox.InvalidReplayException;

/** Dead letters over HTTP. */
@Path("/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "dead letters")
@APIResponse(responseCode = "default", ref = "problem")
@Blocking
public class DeadLetterResource {

    private static final String ONE = "/{stage}/{partition}/{offset}";

    private final DeadLetterBox box;

    DeadLetterResource(DeadLetterBox box) {
        this.box = box;
    }

    /** A dead letter with all that is in it. */
    @Schema(description = "A dead letter with all that is in it")
    record Full(
            @JsonUnwrapped DeadLetter letter,

            @Schema(description = "its value as text") String value) {}

    @GET
    @Operation(summary = "What stages could not work on, the latest first")
    public List<DeadLetter> list(
            @QueryParam("run") @Parameter(description = "only what is about this run") Optional<String> run) {
        return answered(() -> box.list(run));
    }

    @GET
    @Path(ONE)
    @Operation(summary = "One dead letter with headers and value")
    public Full get(String stage, int partition, long offset) {
        Found found = find(stage, partition, offset);
        return new Full(found.letter(), new String(found.value(), StandardCharsets.UTF_8));
    }

    @POST
    @Path(ONE + "/replay")
    @Operation(
            summary = "Send it to the topic that it came from",
            description =
                    "An identity's event as a new attempt, any other as it was. An identity that has been counted as"
                            + " failed stays so; what a run waits for, such as a dataset, is made after all. 409 where it holds no"
                            + " valid event")
    @APIResponse(responseCode = "403", ref = "foreign_page")
    public DeadLetter replay(String stage, int partition, long offset) {
        try {
            box.replay(find(stage, partition, offset));
        } catch (InvalidReplayException e) {
            throw new ClientErrorException(e.getMessage(), Response.Status.CONFLICT, e);
        }
        return find(stage, partition, offset).letter();
    }

    @DELETE
    @Path(ONE)
    @Operation(
            summary = "Dismiss it",
            description = "Nothing will be done about it; it stays in its topic, and in the list as dismissed")
    @APIResponse(responseCode = "403", ref = "foreign_page")
    public DeadLetter dismiss(String stage, int partition, long offset) {
        box.dismiss(find(stage, partition, offset).letter());
        return find(stage, partition, offset).letter();
    }

    private Found find(String stage, int partition, long offset) {
        String id = stage + "/" + partition + "/" + offset;
        return answered(() -> box.find(id))
                .orElseThrow(() -> new NotFoundException(
                        "there is no dead letter " + id + "; GET /dead-letters lists them, by stage/partition/offset"));
    }

    private static <T> T answered(Supplier<T> question) {
        try {
            return question.get();
        } catch (KafkaException e) {
            throw new ServiceUnavailableException("the broker does not answer: " + e.getMessage(), (Long) null, e);
        }
    }
}
