package org.facemill.cli.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.facemill.cli.Run;
import org.facemill.cli.output.CommandException;
import org.facemill.contracts.event.RunState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunClientTest {

    private static final String RUN = """
            {"run": "20261121-223344-ab12", "state": "running", "reason": "", "versions": 1,
             "identities": {"wanted": 24, "issued": 20, "complete": 7, "discarded": 1, "in_flight": 12},
             "stages": [{"stage": "sampled", "done": 9, "total": 24, "unit": "identities", "rate": 0.5},
                        {"stage": "trained", "done": 0, "total": 0, "unit": "steps", "rate": 0}],
             "started": "2026-11-21T22:33:44Z", "told_by_a_later_version": 1}
            """;

    /** Bodies of requests. */
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private HttpServer service;
    private RunClient client;

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.start();
        client = new RunClient(
                URI.create("http://127.0.0.1:" + service.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    @Test
    void aRunIsReadWithItsCountsPerStage() throws Exception {
        answer("/runs/20261121-223344-ab12", 200, RUN);

        RunStatus run = client.status("20261121-223344-ab12");

        assertThat(run.state()).isEqualTo(RunState.RUNNING);
        assertThat(run.identities()).containsEntry("complete", 7L).containsEntry("in_flight", 12L);
        assertThat(run.stages().get(0)).isEqualTo(new RunStatus.Stage("sampled", 9, 24, "identities"));
        assertThat(run.ended()).isEmpty();
        assertThat(run.text()).contains("sampled", "9 of 24 identities", "0 of ? steps");
    }

    @Test
    void whatARunMayWaitForInVainIsSaid() throws Exception {
        answer(
                "/runs/20261121-223344-ab12",
                200,
                RUN.strip().replaceFirst("}$", ", \"warnings\": [\"nobody reads facemill.raw-blocks.x\"]}"));

        RunStatus run = client.status("20261121-223344-ab12");

        assertThat(run.text()).contains("warning: nobody reads facemill.raw-blocks.x");
        assertThat(RunStatus.table(List.of(run))).contains("warning: nobody reads facemill.raw-blocks.x");
    }

    @Test
    void aSystemAnywhereIsAskedByItsAddress() {
        answer("/mill/runs", 200, "[" + RUN + "]");
        String url = "http://127.0.0.1:" + service.getAddress().getPort() + "/mill";

        Run status = Run.facemill("status", "--server", url, "--json");

        assertThat(status.exitCode()).as(status.err()).isZero();
        assertThat(status.out()).contains("20261121-223344-ab12");
        assertThat(Run.facemill("status", "--server", "somewhere").err()).contains("somewhere", "http://host:8080");
    }

    @Test
    void aRunIsExtendedByItsName() {
        answer("/runs/20261121-223344-ab12/extend", 200, RUN);
        String url = "http://127.0.0.1:" + service.getAddress().getPort();

        Run extended = Run.facemill(
                "extend", "20261121-223344-ab12", "--identities", "48", "--detach", "--server", url, "--json");

        assertThat(extended.exitCode()).as(extended.err()).isZero();
        assertThat(extended.out()).contains("20261121-223344-ab12");
        assertThat(asked).contains("{\"identities\":48}");
    }

    @Test
    void runsAreListedOneALine() throws Exception {
        answer("/runs", 200, "[" + RUN + "]");

        List<String> lines = RunStatus.table(client.list()).lines().toList();

        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).contains("20261121-223344-ab12", "running", "24", "20", "7");
    }

    @Test
    void aRefusedRecipeSaysEveryFault() {
        answer("/runs", 400, """
                {"title": "The recipe was refused", "status": 400, "detail": "$.images: 0 is below 1\\n$.sampler: unknown"}
                """);

        assertThatThrownBy(() -> client.submit("images: 0"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("$.images: 0 is below 1")
                .hasMessageContaining("$.sampler: unknown");
    }

    @Test
    void aServiceThatIsAwayIsNamedWithWhereToLook() {
        service.stop(0);

        assertThatThrownBy(() -> client.list())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not answer")
                .hasMessageContaining("facemill logs");
    }

    private void answer(String path, int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        service.createContext(path, exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @Test
    void aDeadLetterIsReadWithWhatWasDoneAboutIt() throws Exception {
        answer("/dead-letters/aligner/0/17", 200, """
                {"id": "aligner/0/17", "stage": "aligner", "topic": "facemill.raw-blocks.mtcnn", "position": "3/8",
                 "key": "r/5", "when": "2026-11-21T22:33:44Z", "reason": "no PNG",
                 "replayed": "2026-11-21T22:40:00Z", "dismissed": null, "headers": {"ce_id": "a"}, "value": "{}"}""");

        DeadLetter letter = client.deadLetter("aligner/0/17");

        assertThat(letter.topic()).isEqualTo("facemill.raw-blocks.mtcnn");
        assertThat(letter.handled()).isEqualTo("sent again 2026-11-21T22:40:00Z");
        assertThat(letter.headers()).containsEntry("ce_id", "a");
    }

    @Test
    void whatIsNoDeadLettersIdIsRefusedBeforeAnybodyIsAsked() {
        assertThatThrownBy(() -> client.replay("../runs"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("stage/partition/offset");
    }
}
