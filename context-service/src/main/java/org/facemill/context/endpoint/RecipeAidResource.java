package org.facemill.context.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Json;
import org.facemill.contracts.Topics;
import org.facemill.contracts.recipe.RecipeException;
import org.facemill.contracts.recipe.run.Recipes;
import org.facemill.platform.store.ObjectStore;

/** Help for those who write recipes. */
@Path("/recipes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "recipes")
@APIResponse(responseCode = "default", ref = "problem")
@Blocking
public class RecipeAidResource {

    private static final int IMAGES = 16;
    private static final String BENCHMARK = ".bin";

    private final RecipeCheck check;
    private final PlugIns plugIns;
    private final ObjectStore store;

    RecipeAidResource(RecipeCheck check, PlugIns plugIns, ObjectStore store) {
        this.check = check;
        this.plugIns = plugIns;
        this.store = store;
    }

    /** What recipes may name in this installation. */
    @Schema(description = "What recipes may name here")
    public record Choices(
            List<String> samplers,
            List<String> aligners,

            @Schema(description = "folders of the models bucket")
            List<String> models,

            @Schema(description = "objects of the contexts bucket")
            List<String> contexts,

            List<String> benchmarks) {}

    /** What a check found. */
    @Schema(description = "What a check found")
    public record Checked(
            @Schema(description = "with defaults filled in; absent where there are faults")
            Optional<JsonNode> recipe,

            List<RecipeException.Fault> faults) {}

    @GET
    @Path("/defaults")
    @Operation(
            summary = "A recipe that says no more than it must",
            description = "with all defaults filled in, of which some follow from how many identities there are")
    public JsonNode defaults(@QueryParam("identities") @DefaultValue("100") int identities) {
        ObjectNode least = Json.MAPPER.createObjectNode();
        least.put("identities", identities).put("images", IMAGES);
        return Json.MAPPER.valueToTree(Recipes.parse(least));
    }

    @GET
    @Path("/choices")
    @Operation(summary = "What recipes may name here")
    public Choices choices() {
        return new Choices(
                plugIns.names(Topics.identityContexts("")),
                plugIns.names(Topics.rawBlocks("")),
                keys(Buckets.MODELS)
                        .filter(key -> key.contains("/"))
                        .map(key -> key.substring(0, key.indexOf('/')))
                        .distinct()
                        .toList(),
                keys(Buckets.CONTEXTS).toList(),
                keys(Buckets.BENCHMARKS)
                        .filter(key -> key.endsWith(BENCHMARK))
                        .map(key -> key.substring(0, key.length() - BENCHMARK.length()))
                        .toList());
    }

    private Stream<String> keys(String bucket) {
        return store.list(bucket, "").stream();
    }

    @POST
    @Path("/check")
    @Consumes({MediaType.APPLICATION_JSON, RunResource.YAML, "application/x-yaml", "text/yaml", MediaType.TEXT_PLAIN})
    @Operation(
            summary = "Check a recipe, and start nothing",
            description =
                    "The recipe with its defaults filled in, or, as at the start of a run, every fault with its path")
    @APIResponse(responseCode = "403", ref = "foreign_page")
    public Checked check(String text) {
        try (RecipeCheck.Accepted accepted = check.accept(text)) {
            return new Checked(Optional.of(Json.MAPPER.valueToTree(accepted.recipe())), List.of());
        } catch (RecipeException e) {
            return new Checked(Optional.empty(), e.faults());
        }
    }
}
