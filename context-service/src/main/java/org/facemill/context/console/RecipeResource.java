package org.facemill.context.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.facemill.context.ledger.LedgerView;
import org.facemill.contracts.Json;

/** The recipe of a run. */
@Path("/runs/{run}/recipe")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
@APIResponse(responseCode = "default", ref = "problem")
@Blocking
public class RecipeResource {

    private final LedgerView ledger;

    RecipeResource(LedgerView ledger) {
        this.ledger = ledger;
    }

    @GET
    @Operation(summary = "The recipe of a run", description = "as accepted, defaults filled in")
    public JsonNode get(String run) {
        return ledger.recipe(run)
                .<JsonNode>map(Json.MAPPER::valueToTree)
                .orElseThrow(() -> new NotFoundException("there is no run " + run + "; GET /runs lists them"));
    }
}
