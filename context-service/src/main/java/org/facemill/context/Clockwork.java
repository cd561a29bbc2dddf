package org.facemill.context;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Page;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ApplicationNotRunning;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.event.RunState;
import org.facemill.contracts.recipe.run.Recipe;
import org.facemill.platform.messaging.Publisher;
import org.facemill.platform.store.MissingObjectException;

/** What happens by itself, again and again. Each step reads its work from the ledger, so that a kill between any two loses nothing. */
@ApplicationScoped
class Clockwork {

    private static final String OFTEN = "1S";
    private static final int OUTBOX_PAGE = 100;

    private final Ledger ledger;
    private final ContextSources sources;
    private final Members members;
    private final Publisher publisher;

    Clockwork(Ledger ledger, ContextSources sources, Members members, Publisher publisher) {
        this.ledger = ledger;
        this.sources = sources;
        this.members = members;
        this.publisher = publisher;
    }

    /** Issues identities. */
    @Scheduled(
            every = OFTEN,
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = ApplicationNotRunning.class)
    void issue() {
        List<Run> running = runs(RunState.RUNNING);
        sources.keep(running.stream().map(run -> run.name).toList());
        for (Run run : running) {
            Recipe recipe = Documents.read(run.recipe, Recipe.class);
            contexts(run, recipe).ifPresent(contexts -> ledger.issue(run.name, recipe, contexts, Instant.now()));
        }
    }

    /** A run's contexts; where their file is there no more or has become another, the run has failed. */
    private Optional<ContextSource> contexts(Run run, Recipe recipe) {
        try {
            return Optional.of(sources.of(run.name, recipe));
        } catch (UncheckedIOException | MissingObjectException e) {
            ledger.fail(run.name, "contexts: " + e.getMessage(), Instant.now());
            return Optional.empty();
        }
    }

    /** Sends what the outbox holds, in its order. */
    @Scheduled(
            every = OFTEN,
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = ApplicationNotRunning.class)
    void send() {
        for (List<OutboxEntry> page = firstEntries(); !page.isEmpty(); page = firstEntries()) {
            List<Long> sent = page.stream().map(entry -> entry.id).toList();
            publisher.publish(page.stream().map(OutboxEntry::announcement).toList());
            QuarkusTransaction.requiringNew().run(() -> OutboxEntry.delete("id in ?1", sent));
        }
    }

    private static List<OutboxEntry> firstEntries() {
        return QuarkusTransaction.requiringNew()
                .call(() -> OutboxEntry.<OutboxEntry>find("order by id")
                        .page(Page.ofSize(OUTBOX_PAGE))
                        .list());
    }

    /** Lists the identities of versions that are full, and asks for these. */
    @Scheduled(
            every = OFTEN,
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = ApplicationNotRunning.class)
    void request() throws IOException {
        List<Version> full = QuarkusTransaction.requiringNew().call(() -> Version.list("state", Version.State.FULL));
        for (Version version : full) {
            ObjectRef list = members.write(version);
            ledger.request(version.run, version.number, list);
        }
    }

    /** Announces silent identities again. */
    @Scheduled(
            every = "{facemill.deadline-check}",
            delayed = "{facemill.identity-deadline}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = ApplicationNotRunning.class)
    void remind() {
        for (Run run : runs(RunState.RUNNING, RunState.FINISHING)) {
            Recipe recipe = Documents.read(run.recipe, Recipe.class);
            contexts(run, recipe).ifPresent(contexts -> ledger.remind(run.name, recipe, contexts, Instant.now()));
        }
    }

    private static List<Run> runs(RunState... states) {
        return QuarkusTransaction.requiringNew()
                .call(() -> Run.list("state in ?1 order by startedAt", List.of(states)));
    }
}
