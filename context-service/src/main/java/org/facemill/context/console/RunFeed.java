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
 * Tells those who watch what changes of runs. The ledger is looked at once a second for all of them together, however many
 * they are, and not at all while nobody watches.
 */
@ApplicationScoped
class RunFeed {

    private final RunViews views;
    private final LedgerView ledger;
    private final RunHistory history;
    private final ObjectMapper json;

    private final Audience list = new Audience();
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();
    /** What was last told of each run in the list. */
    private final Map<String, Told> latest = new ConcurrentHashMap<>();
    /** Runs that are over and told: they do not change any more. */
    private final Set<String> settled = ConcurrentHashMap.newKeySet();

    RunFeed(RunViews views, LedgerView ledger, RunHistory history, ObjectMapper json) {
        this.views = views;
        this.ledger = ledger;
        this.history = history;
        this.json = json;
    }

    /** One run that is watched. */
    private static final class Watched {
        private final Audience audience = new Audience();
        private final IdentityNews identities = new IdentityNews(Instant.now());
        private Optional<Told> run = Optional.empty();
    }

    void start(@Observes StartupEvent start) {
        history.listen(this::tell);
    }

    /** The names of all runs, the latest first; each run; then each as it changes. */
    Multi<Told> runs() {
        return list.join(() -> {
            List<String> names = views.names();
            List<Told> known = new ArrayList<>();
            known.add(told("runs", names));
            names.forEach(run ->
                    Optional.ofNullable(latest.get(run)).or(() -> look(run)).ifPresent(known::add));
            return known;
        });
    }

    /** A run and how its figures came to be, then what changes; empty where there is no such run. */
    Optional<Multi<Told>> run(String run) {
        if (ledger.recipe(run).isEmpty()) {
            return Optional.empty();
        }
        Audience audience = watched.computeIfAbsent(run, name -> new Watched()).audience;
        return Optional.of(audience.join(() -> List.of(look(run).orElseThrow(), history(run))));
    }

    @Scheduled(every = "{facemill.console.interval}", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        if (!list.isEmpty()) {
            views.names().stream().filter(run -> !settled.contains(run)).forEach(this::lookForList);
        }
        watched.forEach((run, one) -> {
            if (!one.audience.isEmpty()) {
                lookAt(run, one);
            }
        });
        watched.values().removeIf(one -> one.audience.isEmpty() && one.identities.isOld());
    }

    private void lookForList(String run) {
        Told before = latest.get(run);
        look(run).filter(now -> !now.equals(before)).ifPresent(list::tell);
    }

    private void lookAt(String run, Watched one) {
        Optional<Told> now = settled.contains(run) ? Optional.ofNullable(latest.get(run)) : look(run);
        if (!now.equals(one.run)) {
            one.run = now;
            now.ifPresent(one.audience::tell);
        }
        List<IdentityStatus> changed = one.identities.since(since -> ledger.heardSince(run, since, IdentityNews.LIMIT));
        if (!changed.isEmpty()) {
            one.audience.tell(told("identities", changed));
        }
    }

    private Optional<Told> look(String run) {
        Optional<RunView> view = views.find(run);
        Optional<Told> told = view.map(v -> told("run", v));
        told.ifPresent(t -> latest.put(run, t));
        if (view.filter(v -> v.status().state().terminal()).isPresent()) {
            settled.add(run);
        }
        return told;
    }

    private Told history(String run) {
        Map<String, List<JsonNode>> known = Map.of(
                "evaluations",
                history.evaluations(run).stream().map(RunFeed::tree).toList(),
                "trainings",
                history.trainings(run).stream().map(RunFeed::tree).toList());
        return told("history", known);
    }

    private void tell(Event event) {
        settled.remove(event.run());
        Optional.ofNullable(watched.get(event.run())).ifPresent(one -> {
            if (event instanceof Evaluation evaluation) {
                one.audience.tell(told("evaluation", tree(evaluation)));
            } else if (event instanceof FrProgress progress) {
                one.audience.tell(told("training", tree(progress)));
            }
        });
    }

    private static JsonNode tree(Object event) {
        return Json.MAPPER.valueToTree(event);
    }

    private Told told(String kind, Object value) {
        try {
            return new Told(kind, json.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
