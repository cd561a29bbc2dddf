package org.facemill.platform.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.facemill.contracts.recipe.RecipeException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Refusals and failures over HTTP as problem+json (RFC 9457). */
public class ProblemMapper {

    /** Media type of a {@link Problem}. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    /** What is wrong with a request, or with the service. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Problem(String title, int status, String detail, List<RecipeException.Fault> faults) {}

    @ServerExceptionMapper
    public Response refused(RecipeException e) {
        return response(
                Response.status(Response.Status.BAD_REQUEST),
                new Problem("The recipe was refused", 400, e.getMessage(), e.faults()));
    }

    @ServerExceptionMapper
    public Response refused(WebApplicationException e) {
        Response.StatusType status = e.getResponse().getStatusInfo();
        return response(
                Response.fromResponse(e.getResponse()),
                new Problem(status.getReasonPhrase(), status.getStatusCode(), e.getMessage(), List.of()));
    }

    /** The cause stays in the log: it may tell more than a stranger should know. */
    @ServerExceptionMapper
    public Response failed(Throwable e) {
        String reference = UUID.randomUUID().toString();
        LOG.errorf(e, "a request failed, reference %s", reference);
        return response(
                Response.serverError(),
                new Problem(
                        "The service failed", 500, "the log of the service says why, under " + reference, List.of()));
    }

    private static Response response(Response.ResponseBuilder response, Problem problem) {
        return response.type(MEDIA_TYPE).entity(problem).build();
    }
}
