package org.facemill.cli.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.facemill.cli.output.CommandException;
import org.facemill.contracts.Json;
import org.facemill.contracts.recipe.Names;

/** context-service's REST interface. */
public final class RunClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final Pattern DEAD_LETTER = Pattern.compile("[A-Za-z0-9._-]+/[0-9]{1,9}/[0-9]{1,18}");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI service;

    /** @param service root of context-service, http or https */
    public RunClient(URI service) {
        if (service.getHost() == null || !String.valueOf(service.getScheme()).matches("https?")) {
            throw new CommandException(
                    "`" + service + "` is no address of a context-service; expected something like http://host:8080");
        }
        this.service = URI.create(service.toString().replaceFirst("/*$", "/"));
    }

    /**
     * Submits a recipe.
     *
     * @param recipe as YAML or JSON, which is YAML too
     * @throws CommandException naming every fault of a recipe that was refused
     */
    public RunStatus submit(String recipe) throws IOException, InterruptedException {
        return RunStatus.of(
                send(request("runs").header("Content-Type", "application/yaml").POST(BodyPublishers.ofString(recipe))));
    }

    /** @throws CommandException where there is no such run */
    public RunStatus status(String run) throws IOException, InterruptedException {
        return RunStatus.of(send(runRequest(run, "").GET()));
    }

    /**
     * Extends a run to more identities.
     *
     * @throws CommandException where it cannot go on to so many
     */
    public RunStatus extend(String run, int identities) throws IOException, InterruptedException {
        return RunStatus.of(send(runRequest(run, "/extend")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.MAPPER
                        .createObjectNode()
                        .put("identities", identities)
                        .toString()))));
    }

    public List<RunStatus> list() throws IOException, InterruptedException {
        List<RunStatus> runs = new ArrayList<>();
        send(request("runs").GET()).forEach(run -> runs.add(RunStatus.of(run)));
        return runs;
    }

    /** What stages could not work on, the latest first: all, or that of one run. */
    public List<DeadLetter> deadLetters(Optional<String> run) throws IOException, InterruptedException {
        List<DeadLetter> letters = new ArrayList<>();
        String only = run.map(name -> "?run=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .orElse("");
        send(request("dead-letters" + only).GET()).forEach(letter -> letters.add(DeadLetter.of(letter)));
        return letters;
    }

    /**
     * @param id stage/partition/offset
     * @throws CommandException where there is no such record
     */
    public DeadLetter deadLetter(String id) throws IOException, InterruptedException {
        return DeadLetter.of(send(deadLetterRequest(id, "").GET()));
    }

    /**
     * Sends a record to the topic that it came from.
     *
     * @throws CommandException where its stage would refuse it again
     */
    public DeadLetter replay(String id) throws IOException, InterruptedException {
        return DeadLetter.of(send(deadLetterRequest(id, "/replay").POST(BodyPublishers.noBody())));
    }

    /** Notes that nothing will be done about a record. */
    public DeadLetter dismiss(String id) throws IOException, InterruptedException {
        return DeadLetter.of(send(deadLetterRequest(id, "").DELETE()));
    }

    private HttpRequest.Builder runRequest(String run, String action) {
        if (!run.matches(Names.RUN_PATTERN)) {
            throw new CommandException("`" + run + "` is no run's name; `facemill status` lists the runs");
        }
        return request("runs/" + run + action);
    }

    private HttpRequest.Builder deadLetterRequest(String id, String action) {
        if (!DEAD_LETTER.matcher(id).matches()) {
            throw new CommandException(
                    "no dead letter " + id + "; `facemill dead-letters` lists them, by stage/partition/offset");
        }
        return request("dead-letters/" + id + action);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(service.resolve(path)).timeout(TIMEOUT).header("Accept", "application/json");
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response;
        try {
            response = http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IOException(service + " does not answer; `facemill logs context-service` may say why", e);
        }
        if (response.statusCode() / 100 != 2) {
            throw new CommandException(response.request().uri() + ": " + refusal(response));
        }
        return Json.MAPPER.readTree(response.body());
    }

    /** The faults of a refused recipe, or what else the service says. */
    private static String refusal(HttpResponse<String> response) {
        try {
            JsonNode problem = Json.MAPPER.readTree(response.body());
            return problem.path("detail").asText("status " + response.statusCode());
        } catch (JsonProcessingException e) {
            return "status " + response.statusCode() + ": " + response.body();
        }
    }
}
