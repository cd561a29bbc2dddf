package org.facemill.context;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.facemill.context.Runs.RECIPE;
import static org.hamcrest.Matchers.containsString;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.facemill.contracts.Json;
import org.facemill.contracts.Topics;
import org.facemill.contracts.recipe.run.Recipes;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class HttpInterfaceTest {

    private static final String PROBLEM = "application/problem+json";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    @BeforeEach
    void plugIn() {
        List.of(Topics.identityContexts("played"), Topics.rawBlocks("played"))
                .forEach(topic -> new Topic(topic).create());
    }

    @Test
    void whatIsRefusedIsAProblemThatSaysWhy() {
        assertProblem(404, given().get("/runs/absent").then()).body("detail", containsString("there is no run absent"));
        assertProblem(404, given().delete("/runs/absent").then());
        assertProblem(404, given().get("/contract/schemas/absent.json").then());
        assertProblem(404, given().get("/nowhere").then());
        assertProblem(405, given().put("/runs").then());
        assertProblem(406, given().accept("image/png").get("/runs").then());
        assertProblem(
                415,
                given().contentType("image/png").body(new byte[1]).post("/runs").then());
        assertProblem(400, Runs.post("[]"));
        assertProblem(400, Runs.post(""));
    }

    private static ValidatableResponse assertProblem(int status, ValidatableResponse response) {
        return response.statusCode(status).contentType(PROBLEM);
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://evil.example",
        "Origin, https://localhost.evil.example",
        "Origin, http://localhost:1",
        "Origin, null",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site"
    })
    void aPageOfAnotherOriginCanNeitherStartNorCancelARun(String header, String value) {
        String run = Runs.start(RECIPE);
        int before = runs();

        assertProblem(403, plain().header(header, value).post("/runs").then());
        assertProblem(403, given().header(header, value).delete("/runs/" + run).then());

        assertThat(runs()).isEqualTo(before);
        assertThat(Runs.state(run)).isEqualTo("running");
    }

    @Test
    void aPageThatGaveItselfANameForThisMachineCannotStartARun() {
        int port = RestAssured.port;

        assertProblem(
                403,
                plain().header("Host", "rebound.example:" + port)
                        .header("Origin", "http://rebound.example:" + port)
                        .post("/runs")
                        .then());
    }

    @Test
    void aPageOfThisServiceAndAProgramMayStartRuns() {
        int port = RestAssured.port;

        plain().header("Host", "localhost:" + port)
                .header("Origin", "http://localhost:" + port)
                .header("Sec-Fetch-Site", "same-origin")
                .post("/runs")
                .then()
                .statusCode(201);
        plain().post("/runs").then().statusCode(201);
    }

    /** What a page can send without being asked for leave. */
    private static RequestSpecification plain() {
        return given().contentType("text/plain").body(RECIPE.getBytes(StandardCharsets.UTF_8));
    }

    private static int runs() {
        return given().get("/runs").then().extract().<List<?>>path("$").size();
    }

    @Test
    void theContractIsListedAndServed() throws IOException {
        JsonPath index =
                given().get("/contract").then().statusCode(200).extract().jsonPath();

        assertThat(index.<String>getList("schemas"))
                .contains("/contract/schemas/recipe.v1.json", "/contract/schemas/identity-context.v1.json");
        for (String path : index.<String>getList("schemas")) {
            JsonNode schema = json(path);
            assertThat(schema.path("$schema").asText()).as(path).contains("2020-12");
        }
        JsonNode asyncApi = yaml(given().get(index.getString("asyncapi"))
                .then()
                .statusCode(200)
                .contentType("application/yaml")
                .extract()
                .asString());
        assertThat(asyncApi.path("asyncapi").asText()).startsWith("3.");
        assertThat(references(asyncApi).filter(ref -> !ref.startsWith("#")).toList())
                .as("files that AsyncAPI refers to, beside it")
                .isNotEmpty()
                .allSatisfy(ref -> given().get("/contract/" + ref.replaceFirst("^[.]/", ""))
                        .then()
                        .statusCode(200));
    }

    @Test
    void theInterfaceIsDescribedWithSchemasAndExamplesThatHold() throws IOException {
        JsonNode api = json("/q/openapi?format=json");
        JsonNode post = api.at("/paths/~1runs/post");

        JsonNode request = post.at("/requestBody/content/application~1yaml");
        assertThat(json(request.at("/schema/$ref").asText()).path("title").asText())
                .isEqualTo("facemill.recipe.v1");
        assertThat(Recipes.parse(yaml(example(api, request).asText())).identities())
                .isEqualTo(100);
        JsonNode begun = post.at("/responses/201/content/application~1json");
        assertThat(begun.at("/schema/$ref").asText()).isEqualTo("#/components/schemas/RunStatus");
        JsonNode refused = post.at("/responses/400/content/application~1problem+json");
        assertThat(refused.at("/schema/$ref").asText()).isEqualTo("#/components/schemas/Problem");
        assertThat(api.at("/components/schemas/Identities/properties").has("in_flight"))
                .isTrue();
        JsonNode run = json("/runs/" + Runs.start(RECIPE));
        assertThat(fields(example(api, begun))).isSubsetOf(fields(run));
        assertThat(fields(example(api, api.at("/paths/~1runs/get/responses/200/content/application~1json"))
                        .path(0)))
                .isSubsetOf(fields(run));
        JsonNode cancelled = api.at("/paths/~1runs~1{run}/delete/responses/200/content/application~1json");
        assertThat(fields(example(api, cancelled)))
                .isSubsetOf(fields(Json.MAPPER.readTree(given().delete("/runs/" + Runs.start(RECIPE))
                        .then()
                        .extract()
                        .asByteArray())));
    }

    @Test
    void everyOperationMayEndInAProblemAndThoseThatChangeSomethingRefuseForeignPages() throws IOException {
        JsonNode api = json("/q/openapi?format=json");

        assertThat(api.at("/components/responses/problem/content").has(PROBLEM)).isTrue();
        assertThat(references(api).filter(ref -> ref.startsWith("#")).toList())
                .allSatisfy(ref ->
                        assertThat(api.at(ref.substring(1)).isMissingNode()).isFalse());
        api.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .forEach(operation -> {
                            JsonNode responses = operation.getValue().path("responses");
                            assertThat(responses.at("/default/$ref").asText())
                                    .as("%s %s", operation.getKey(), path.getKey())
                                    .isEqualTo("#/components/responses/problem");
                            assertThat(responses.has("403"))
                                    .as("%s %s tells of 403", operation.getKey(), path.getKey())
                                    .isEqualTo(!operation.getKey().equals("get"));
                        }));
    }

    /** The one example of a body, as the components hold it. */
    private static JsonNode example(JsonNode api, JsonNode content) {
        String ref = content.path("examples").iterator().next().path("$ref").asText();
        return api.at(ref.substring(1)).path("value");
    }

    private static List<String> fields(JsonNode object) {
        List<String> fields = new ArrayList<>();
        object.fieldNames().forEachRemaining(fields::add);
        return fields;
    }

    private static Stream<String> references(JsonNode node) {
        return node.findValuesAsText("$ref").stream().distinct();
    }

    private static JsonNode json(String path) throws IOException {
        return Json.MAPPER.readTree(
                given().get(path).then().statusCode(200).extract().asByteArray());
    }

    private static JsonNode yaml(String text) throws IOException {
        return new YAMLMapper().readTree(text);
    }
}
