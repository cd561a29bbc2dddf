package org.facemill.context;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.facemill.contracts.recipe.RecipeException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Refusals as problem+json (RFC 9457). */
class Problems {

    /** A refusal. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Problem(String title, int status, String detail, List<RecipeException.Fault> faults) {
    }

    @ServerExceptionMapper
    Response refused(RecipeException e) {
        return response(new Problem("The recipe was refused", 400, e.getMessage(), e.faults()));
    }

    @ServerExceptionMapper
    Response unknown(NotFoundException e) {
        return response(new Problem("Not found", 404, e.getMessage(), List.of()));
    }

    private static Response response(Problem problem) {
        return Response.status(problem.status()).type("application/problem+json").entity(problem).build();
    }
}
