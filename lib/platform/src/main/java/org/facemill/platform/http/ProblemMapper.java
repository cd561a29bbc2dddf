package org.facemill.platform.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.facemill.contracts.recipe.RecipeException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Refusals over HTTP as problem+json (RFC 9457). */
public class ProblemMapper {

    /** A refusal. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Problem(String title, int status, String detail, List<RecipeException.Fault> faults) {}

    @ServerExceptionMapper
    public Response refused(RecipeException e) {
        return response(
                Response.status(Response.Status.BAD_REQUEST),
                new Problem("The recipe was refused", 400, e.getMessage(), e.faults()));
    }

    @ServerExceptionMapper
    public Response refused(ClientErrorException e) {
        Response.StatusType status = e.getResponse().getStatusInfo();
        return response(
                Response.fromResponse(e.getResponse()),
                new Problem(status.getReasonPhrase(), status.getStatusCode(), e.getMessage(), List.of()));
    }

    private static Response response(Response.ResponseBuilder response, Problem problem) {
        return response.type("application/problem+json").entity(problem).build();
    }
}
