package org.facemill.context.console;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What changes, as server-sent events. */
@Path("/events")
@Tag(name = "events")
@APIResponse(responseCode = "default", ref = "problem")
@Blocking
public class EventStreams {

    private static final long RECONNECT_AFTER_MILLIS = 1000;

    private final RunFeed feed;

    EventStreams(RunFeed feed) {
        this.feed = feed;
    }

    @GET
    @Produces("application/yaml")
    @Operation(summary = "The streams and their events, as AsyncAPI")
    public String asyncApi() throws IOException {
        try (InputStream in = EventStreams.class.getResourceAsStream("events.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @GET
    @Path("/runs")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "All runs as they change",
            description =
                    "Server-sent events, one stream for as long as you like. `runs`: the names of all, the latest first,"
                            + " once at first; `run`: one of them, each once, then whenever it changes. A stream that breaks is opened again, and begins afresh.")
    public Multi<OutboundSseEvent> runs(@Context Sse sse) {
        return feed.runs().map(event -> serverSent(sse, event));
    }

    @GET
    @Path("/runs/{run}")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "A run as it changes",
            description =
                    "Server-sent events. `run`: where it stands; `history`: the evaluations and progress of trainings so"
                            + " far, once at first; then `evaluation` and `training`, one each, and `identities`: those of which"
                            + " anything was heard. A stream that breaks is opened again, and begins afresh.")
    public Multi<OutboundSseEvent> run(@Context Sse sse, String run) {
        return feed.run(run)
                .orElseThrow(() -> new NotFoundException("there is no run " + run + "; GET /runs lists them"))
                .map(event -> serverSent(sse, event));
    }

    private static OutboundSseEvent serverSent(Sse sse, StreamEvent event) {
        return sse.newEventBuilder()
                .name(event.kind())
                .mediaType(MediaType.TEXT_PLAIN_TYPE)
                .reconnectDelay(RECONNECT_AFTER_MILLIS)
                .data(String.class, event.json())
                .build();
    }
}
