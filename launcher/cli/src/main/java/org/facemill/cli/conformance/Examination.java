package org.facemill.cli.conformance;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facemill.cli.conformance.Broker.Sent;
import org.facemill.cli.machine.Endpoints;
import org.facemill.cli.output.CommandException;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.IdentityEvent;
import org.facemill.contracts.event.RunEvent;
import org.facemill.contracts.event.RunState;
import org.facemill.contracts.recipe.run.Recipe;

/**
 * Examines a plug-in of a running system. Its runs are announced on {@code facemill.runs} like any other, and no ledger knows
 * them: what is said of them changes nothing there. Results of samplers and aligners go to a topic of its own. Afterwards the
 * runs are cancelled, their objects and the topic deleted; dead letters stay until the broker forgets them.
 */
public final class Examination implements AutoCloseable {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(30);
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(2);
    /** Broker and group need so long at most to give a killed worker's records to the next one. */
    private static final Duration BACK_WITHIN = Duration.ofSeconds(90);

    private static final long LARGEST_ORDINAL = 4294967295L;
    private static final int WHILE_KILLED = 4;

    private final Settings settings;
    private final Broker broker;
    private final Store store;
    private final Findings findings = new Findings();
    private final List<Sent> sent = new ArrayList<>();
    private final String run = "conformance-" + HexFormat.of().toHexDigits(RANDOM.nextInt());
    private final String again = run + "-again";
    private final String over = run + "-over";
    private final String topic = "facemill.conformance." + run.substring(run.indexOf('-') + 1);
    private final Workpiece workpiece;
    private final Responses responses;
    private final Set<String> groups;

    /** What is plugged in. */
    public enum Kind {
        SAMPLER,
        ALIGNER,
        EVALUATOR;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Kills the plug-in without warning and starts it again. */
    @FunctionalInterface
    public interface Restart {
        void killAndStart() throws IOException, InterruptedException;
    }

    /**
     * What is examined, and how.
     *
     * @param name     as recipes give it; an evaluator's is that of its source
     * @param recipe   from which sampling, alignment, encoder and number of images are taken
     * @param patience for the answers to a few events
     * @param restart  empty where it is not killed
     * @param log      receives a line for every step
     */
    public record Settings(
            Kind kind,
            String name,
            Recipe recipe,
            Duration patience,
            Optional<Restart> restart,
            Consumer<String> log) {}

    private Examination(Endpoints endpoints, Settings settings) {
        this.settings = settings;
        this.store = new Store(endpoints);
        this.broker = new Broker(endpoints.kafka());
        this.workpiece = workpiece();
        this.responses = new Responses(broker, workpiece, settings.name());
        this.groups = groups();
    }

    /**
     * Examines a plug-in.
     *
     * @throws CommandException where nobody reads its topic
     */
    public static Report of(Endpoints endpoints, Settings settings) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        try (Examination examination = new Examination(endpoints, settings)) {
            examination.examine();
            return new Report(
                    settings.kind().toString(),
                    settings.name(),
                    (System.nanoTime() - begun) / 1e9,
                    examination.findings.lines());
        }
    }

    private Workpiece workpiece() {
        return switch (settings.kind()) {
            case SAMPLER ->
                new SamplerWork(settings.name(), settings.recipe(), List.of(topic, topic + ".after", topic + ".last"));
            case ALIGNER ->
                new AlignerWork(settings.name(), settings.recipe(), List.of(topic, topic + ".after"), store);
            case EVALUATOR -> new EvaluatorWork(settings.recipe(), store);
        };
    }

    private Set<String> groups() {
        String reads = workpiece.reads();
        Set<String> readers = broker.topics().contains(reads) ? broker.readers(reads) : new TreeSet<>();
        // the ledger's service reads every topic, and does none of this work
        readers.removeAll(broker.readers(Topics.IDENTITY_OUTCOMES));
        if (readers.isEmpty()) {
            broker.close();
            throw new CommandException("nobody reads " + reads + ": start the " + settings.kind() + " "
                    + settings.name() + ", and try again");
        }
        return readers;
    }

    private void examine() throws IOException, InterruptedException {
        broker.createTopic(topic);
        responses.listen(topic);
        announce(run, RunState.RUNNING);
        announce(again, RunState.RUNNING);
        announce(over, RunState.RUNNING);
        announce(over, RunState.CANCELLED);
        if (settings.kind() == Kind.EVALUATOR) {
            findings.skip(Check.ONE_GROUP, "others read " + workpiece.reads() + ", too");
        } else {
            findings.expect(
                    Check.ONE_GROUP,
                    groups.size() == 1,
                    workpiece.reads() + " is read by the groups " + String.join(", ", groups));
        }
        if (answersValidEvents()) {
            repeats();
            isDetermined();
            dropsWorkOfEndedRuns();
            settings.log().accept("Events that nobody can work on");
            new Refusals(broker, responses, findings, settings.patience())
                    .examine(this::sent, run, over + "-unknown", workpiece, this::awaitAcknowledged);
            settings.log().accept("Valid events after them");
            goesOn();
            survivesKill();
            acknowledges();
        }
    }

    private void announce(String name, RunState state) {
        broker.send(Records.of(
                Topics.RUNS,
                new RunEvent(
                        name,
                        state,
                        state.terminal() ? "of a conformance test" : "",
                        settings.recipe().images(),
                        1)));
    }

    private IdentityEvent make(String ofRun, long ordinal) {
        return workpiece.make(ofRun, ordinal);
    }

    private Sent sent(ProducerRecord<byte[], byte[]> record) {
        Sent done = broker.send(record);
        sent.add(done);
        return done;
    }

    private Sent sent(IdentityEvent event) {
        return sent(Records.of(workpiece.reads(), event));
    }

    private boolean answersValidEvents() {
        settings.log().accept("Valid events");
        List<IdentityEvent> events = List.of(make(run, 0), make(run, 1), make(run, LARGEST_ORDINAL));
        IdentityEvent larger = make(run, 2);
        events.forEach(this::sent);
        sent(Records.withUnknownField(workpiece.reads(), larger));
        broker.await(
                () -> events.stream().allMatch(responses::answered) && responses.answered(larger), settings.patience());
        events.forEach(event -> inspect(Check.ANSWERS, event));
        inspect(Check.UNKNOWN_FIELDS, larger);
        return events.stream().anyMatch(responses::answered);
    }

    /** Checks the response to an event that should have been answered. */
    private void inspect(Check check, IdentityEvent event) {
        findings.expect(check, responses.answered(event), responses.silence(event, settings.patience()));
        responses.inspect(event, findings, store);
    }

    private void repeats() {
        settings.log().accept("Events that come again, and another attempt");
        IdentityEvent first = make(run, 0);
        IdentityEvent second = Workpiece.changed(first, event -> event.put("attempt", 1));
        // an object that is written again shows it by another second
        broker.await(() -> false, SETTLED_AFTER);
        var before = responses.written(first, store);
        sent(first);
        sent(first);
        sent(second);
        boolean came =
                broker.await(() -> responses.count(first) >= 3 && responses.answered(second), settings.patience());
        findings.expect(
                Check.REPEATED,
                came,
                first.key() + " came 3 times and once more as attempt 1; it was answered " + responses.count(first)
                        + " times, attempt 1 " + responses.count(second) + " times");
        findings.expect(Check.REPEATED, responses.alike(first), first.key() + ": answers to the same event differ");
        findings.expect(
                Check.FOUND,
                before.equals(responses.written(first, store)),
                first.key() + ": objects were written again though they were there");
        findings.expect(
                Check.FOUND,
                !responses.answered(second) || responses.objects(first, store).equals(responses.objects(second, store)),
                first.key() + ": attempt 1 names other objects than attempt 0");
        responses.inspect(second, findings, store);
    }

    private void isDetermined() {
        IdentityEvent here = make(run, 0);
        IdentityEvent there = make(again, 0);
        sent(there);
        broker.await(() -> responses.answered(there), settings.patience());
        inspect(Check.ANSWERS, there);
        findings.expect(
                Check.DETERMINED,
                responses.digest(here, store).equals(responses.digest(there, store)),
                "the same work gives other " + workpiece.gives().schema() + " in another run");
    }

    private void dropsWorkOfEndedRuns() {
        settings.log().accept("A cancelled run");
        IdentityEvent late = make(over, 0);
        Sent record = sent(late);
        boolean acknowledged = awaitAcknowledged(List.of(record), settings.patience());
        broker.await(() -> false, SETTLED_AFTER);
        findings.expect(
                Check.DROPPED,
                !responses.answered(late)
                        && responses.letters(record).isEmpty()
                        && responses.outcomes(late.key()).isEmpty(),
                late.key() + " of a cancelled run was answered");
        findings.expect(Check.DROPPED, acknowledged, late.key() + " of a cancelled run was not acknowledged");
    }

    private void goesOn() {
        IdentityEvent after = make(run, 3);
        sent(after);
        broker.await(() -> responses.answered(after), settings.patience());
        inspect(Check.GOES_ON, after);
    }

    private void survivesKill() throws IOException, InterruptedException {
        if (settings.restart().isEmpty()) {
            findings.skip(Check.KILLED, "it was not killed");
            return;
        }
        settings.log().accept("A kill");
        List<IdentityEvent> events = new ArrayList<>();
        for (int i = 0; i < WHILE_KILLED; i++) {
            events.add(make(run, 10 + i));
        }
        events.forEach(this::sent);
        settings.restart().get().killAndStart();
        broker.await(() -> events.stream().allMatch(responses::answered), BACK_WITHIN.plus(settings.patience()));
        for (IdentityEvent event : events) {
            inspect(Check.KILLED, event);
            findings.expect(Check.KILLED, responses.alike(event), event.key() + ": answers to the same event differ");
        }
    }

    private void acknowledges() {
        boolean all = awaitAcknowledged(sent, ACKNOWLEDGED_WITHIN);
        long open = sent.stream().filter(record -> !acknowledged(record)).count();
        findings.expect(
                Check.ACKNOWLEDGED, all, open + " of " + sent.size() + " records are not acknowledged by " + groups);
    }

    private boolean awaitAcknowledged(List<Sent> records, Duration patience) {
        return broker.await(() -> records.stream().allMatch(this::acknowledged), patience);
    }

    private boolean acknowledged(Sent record) {
        return groups.stream().allMatch(group -> broker.acknowledged(group, record));
    }

    @Override
    public void close() {
        try {
            announce(run, RunState.CANCELLED);
            announce(again, RunState.CANCELLED);
            // whoever still does something for these runs hears of it
            broker.await(() -> false, SETTLED_AFTER);
            List.of(run, again, over).forEach(store::deleteRun);
            if (broker.topics().contains(topic)) {
                broker.deleteTopic(topic);
            }
        } finally {
            broker.close();
        }
    }
}
