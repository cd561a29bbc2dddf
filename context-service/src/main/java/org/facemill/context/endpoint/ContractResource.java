package org.facemill.context.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.facemill.contracts.Json;
import org.facemill.contracts.document.AlignedDetails;
import org.facemill.contracts.document.BlockDetails;
import org.facemill.contracts.event.EventType;
import org.facemill.contracts.recipe.generator.LdmRecipes;
import org.facemill.contracts.recipe.recogniser.RecogniserRecipes;
import org.facemill.contracts.recipe.run.Recipes;
import org.facemill.contracts.schema.Schemas;

/** The contract for authors of plug-ins: what flows over which topics, and what recipes may say. */
@Path("/contract")
@Tag(name = "contract")
@APIResponse(responseCode = "default", ref = "problem")
public class ContractResource {

    private static final String ASYNC_API = "asyncapi.yaml";
    private static final List<String> SCHEMAS = Stream.concat(
                    Arrays.stream(EventType.values()).map(EventType::schema),
                    Stream.of(
                            Schemas.DEFINITIONS,
                            AlignedDetails.SCHEMA,
                            BlockDetails.SCHEMA,
                            Recipes.SCHEMA,
                            LdmRecipes.SCHEMA,
                            RecogniserRecipes.SCHEMA))
            .sorted()
            .toList();

    /** Paths of its parts. */
    @Schema(description = "The parts of the contract, as paths")
    public record Index(
            @Schema(description = "channels and messages, AsyncAPI 3", examples = "/contract/asyncapi.yaml")
            String asyncapi,

            @Schema(
                    description = "JSON Schemas of events, of documents in the store, of recipes",
                    examples = "[\"/contract/schemas/recipe.v1.json\"]")
            List<String> schemas) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The parts of the contract")
    public Index index() {
        return new Index(
                "/contract/" + ASYNC_API,
                SCHEMAS.stream()
                        .map(name -> "/contract/schemas/" + name + ".json")
                        .toList());
    }

    @GET
    @Path("/" + ASYNC_API)
    @Produces("application/yaml")
    @Operation(summary = "Channels and messages, as AsyncAPI")
    public String asyncApi() throws IOException {
        try (InputStream in = Json.class.getResourceAsStream(ASYNC_API)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @GET
    @Path("/schemas/{name}.json")
    @Produces("application/schema+json")
    @Operation(summary = "A JSON Schema", description = "of an event's body, or of a recipe")
    public JsonNode schema(String name) {
        if (!SCHEMAS.contains(name)) {
            throw new NotFoundException("there is no schema " + name + "; GET /contract lists them");
        }
        return Schemas.document(name);
    }
}
