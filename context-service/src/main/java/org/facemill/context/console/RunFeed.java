package org.facemill.context.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.facemill.context.ledger.IdentityStatus;
import org.facemill.context.ledger.LedgerView;
import org.facemill.contracts.Json;
import org.facemill.contracts.event.Evaluation;
import org.facemill.contracts.event.Event;
import org.facemill.contracts.event.FrProgress;

/**
 * Publishes what changes of runs. The ledger is queried once a second for all subscribers together, however many there are,
 * and not at all while there are none.
 */
@ApplicationScoped
class RunFeed {

    private final RunViews views;
    private final LedgerView ledger;
    private final RunHistory history;
    private final ObjectMapper json;

    private final Subscribers list = new Subscribers();
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();
    /** The last event of each run in the list. */
    private final Map<String, StreamEvent> latest = new ConcurrentHashMap<>();
    /** Runs that are over and published: they do not change, until they are extended. */
    private final Set<String> settled = ConcurrentHashMap.newKeySet();

    RunFeed(RunViews views, LedgerView ledger, RunHistory history, ObjectMapper json) {
        this.views = views;
        this.ledger = ledger;
        this.history = history;
        this.json = json;
    }

    /** One run that is watched. */
    private static final class Watched {
        private final Subscribers subscribers = new Subscribers();
        private final IdentityChanges identities = new IdentityChanges(Instant.now());
        private Optional<StreamEvent> run = Optional.empty();
    }

    void start(@Observes StartupEvent start) {
        history.listen(this::publish);
    }

    /** The names of all runs, the latest first; each run; then each as it changes. */
    Multi<StreamEvent> runs() {
        return list.subscribe(() -> {
            List<String> names = views.names();
            List<StreamEvent> known = new ArrayList<>();
            known.add(event("runs", names));
            names.forEach(run ->
                    Optional.ofNullable(latest.get(run)).or(() -> look(run)).ifPresent(known::add));
            return known;
        });
    }

    /** A run and how its figures came to be, then what changes; empty where there is no such run. */
    Optional<Multi<StreamEvent>> run(String run) {
        if (ledger.recipe(run).isEmpty()) {
            return Optional.empty();
        }
        Subscribers subscribers = watched.computeIfAbsent(run, name -> new Watched()).subscribers;
        return Optional.of(subscribers.subscribe(() -> List.of(look(run).orElseThrow(), history(run))));
    }

    @Scheduled(every = "{facemill.console.interval}", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        if (!list.isEmpty() || !watched.isEmpty()) {
            settled.removeAll(ledger.liveRuns());
        }
        if (!list.isEmpty()) {
            views.names().stream().filter(run -> !settled.contains(run)).forEach(this::lookForList);
        }
        watched.forEach((run, one) -> {
            if (!one.subscribers.isEmpty()) {
                lookAt(run, one);
            }
        });
        watched.values().removeIf(one -> one.subscribers.isEmpty() && one.identities.isOld());
    }

    private void lookForList(String run) {
        StreamEvent before = latest.get(run);
        look(run).filter(now -> !now.equals(before)).ifPresent(list::publish);
    }

    private void lookAt(String run, Watched one) {
        Optional<StreamEvent> now = settled.contains(run) ? Optional.ofNullable(latest.get(run)) : look(run);
        if (!now.equals(one.run)) {
            one.run = now;
            now.ifPresent(one.subscribers::publish);
        }
        List<IdentityStatus> changed =
                one.identities.since(since -> ledger.heardSince(run, since, IdentityChanges.LIMIT));
        if (!changed.isEmpty()) {
            one.subscribers.publish(event("identities", changed));
        }
    }

    private Optional<StreamEvent> look(String run) {
        Optional<RunView> view = views.find(run);
        Optional<StreamEvent> event = view.map(v -> event("run", v));
        event.ifPresent(now -> latest.put(run, now));
        if (view.filter(v -> v.status().state().terminal()).isPresent()) {
            settled.add(run);
        }
        return event;
    }

    private StreamEvent history(String run) {
        Map<String, List<JsonNode>> known = Map.of(
                "evaluations",
                history.evaluations(run).stream().map(RunFeed::tree).toList(),
                "trainings",
                history.trainings(run).stream().map(RunFeed::tree).toList());
        return event("history", known);
    }

    private void publish(Event event) {
        settled.remove(event.run());
        Optional.ofNullable(watched.get(event.run())).ifPresent(one -> {
            if (event instanceof Evaluation evaluation) {
                one.subscribers.publish(event("evaluation", tree(evaluation)));
            } else if (event instanceof FrProgress progress) {
                one.subscribers.publish(event("training", tree(progress)));
            }
        });
    }

    private static JsonNode tree(Object event) {
        return Json.MAPPER.valueToTree(event);
    }

    private StreamEvent event(String kind, Object value) {
        try {
            return new StreamEvent(kind, json.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
