package org.facemill.platform.messaging;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.facemill.contracts.Json;
import org.facemill.contracts.Noise;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.IdentityContext;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Outcome;
import org.facemill.contracts.recipe.run.Recipe;
import org.facemill.contracts.recipe.run.Recipes;
import org.facemill.platform.store.ObjectStore;

/** A service whose work is what a test plays for an identity: by default it stores a byte and discards. */
@ApplicationScoped
class PlayedWork {

    private static final Recipe RECIPE =
            Recipes.parse(Json.MAPPER.createObjectNode().put("identities", 10).put("images", 4));

    private final Stage stage;
    private final ObjectStore store;
    private final Map<String, Work<IdentityContext>> played = new ConcurrentHashMap<>();

    PlayedWork(Stage stage, ObjectStore store) {
        this.stage = stage;
        this.store = store;
    }

    void play(String key, Work<IdentityContext> work) {
        played.put(key, work);
    }

    @Incoming("identity-contexts")
    @Blocking(value = Stage.POOL, ordered = false)
    void consume(ConsumerRecord<String, byte[]> record) {
        stage.handle(
                record,
                IdentityContext.class,
                (event, heartbeat) ->
                        played.getOrDefault(event.key(), this::discard).apply(event, heartbeat));
    }

    List<Announcement> discard(IdentityContext event, Heartbeat heartbeat) {
        store.put("blocks", event.key(), new byte[] {1});
        return List.of(new Announcement(
                Topics.IDENTITY_OUTCOMES,
                new IdentityOutcome(
                        event.run(),
                        event.ordinal(),
                        event.attempt(),
                        Outcome.DISCARDED,
                        "testing",
                        "as played",
                        Optional.empty())));
    }

    /** What asks for work on an identity. */
    static IdentityContext context(String run, long ordinal, int attempt) {
        return new IdentityContext(
                run,
                ordinal,
                attempt,
                RECIPE.seed(),
                Noise.unitVector(1, ordinal, 512),
                RECIPE.images(),
                RECIPE.sampling(),
                RECIPE.alignment(),
                "reference",
                Topics.rawBlocks("mtcnn"),
                List.of(Topics.ALIGNED_BLOCKS, Topics.CROPS));
    }
}
