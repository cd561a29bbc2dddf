package org.facemill.cli.conformance;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facemill.cli.conformance.Broker.Sent;
import org.facemill.cli.conformance.Malformations.Malformed;
import org.facemill.contracts.DeadLetterHeaders;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.IdentityEvent;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Outcome;

/** Sends records that nobody can work on, and observes what becomes of them. */
final class Refusals {

    /** Ordinals of identities that are given nothing else. */
    private static final long MALFORMED_FROM = 1000;

    private static final long IMPOSSIBLE_FROM = 2000;
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(1);

    private final Broker broker;
    private final Responses responses;
    private final Findings findings;
    private final Duration patience;

    Refusals(Broker broker, Responses responses, Findings findings, Duration patience) {
        this.broker = broker;
        this.responses = responses;
        this.findings = findings;
        this.patience = patience;
    }

    private record Case(Malformed malformed, IdentityEvent event, Sent sent) {}

    /**
     * Sends all, and waits for what becomes of them.
     *
     * @param acknowledged waits for so long until records are acknowledged; whether they are
     */
    void examine(
            Function<ProducerRecord<byte[], byte[]>, Sent> send,
            String run,
            String stranger,
            Workpiece workpiece,
            BiPredicate<List<Sent>, Duration> acknowledged) {
        List<Malformed> all = new ArrayList<>(Malformations.of(
                workpiece.reads(), number -> workpiece.make(run, MALFORMED_FROM + number), run + "/0", stranger));
        workpiece
                .impossible(number -> workpiece.make(run, IMPOSSIBLE_FROM + number))
                .forEach((name, event) ->
                        all.add(new Malformed(name, true, true, event, Records.of(workpiece.reads(), event))));
        List<Case> cases = all.stream()
                .map(malformed -> new Case(malformed, malformed.event(), send.apply(malformed.record())))
                .toList();
        broker.await(() -> cases.stream().allMatch(this::isOver), patience);
        acknowledged.test(cases.stream().map(Case::sent).toList(), patience);
        broker.await(() -> false, SETTLED_AFTER);
        cases.forEach(one -> look(one, workpiece.failsIdentities()));
        findings.expect(
                Check.FAILED,
                responses.outcomes(run + "/0").stream().noneMatch(outcome -> outcome.outcome() == Outcome.FAILED),
                run + "/0, which is well, has failed by a record of another identity");
    }

    private boolean isOver(Case one) {
        return !responses.letters(one.sent).isEmpty() || !one.malformed.strict() && responses.answered(one.event);
    }

    private void look(Case one, boolean failsIdentities) {
        String name = one.malformed.name();
        List<ConsumerRecord<byte[], byte[]>> letters = responses.letters(one.sent);
        if (!one.malformed.strict() && responses.answered(one.event)) {
            findings.expect(Check.REFUSED, letters.isEmpty(), name + ": answered, and put away as a dead letter");
            return;
        }
        findings.expect(Check.REFUSED, !responses.answered(one.event), name + ": answered as if it were well");
        findings.expect(
                Check.REFUSED,
                letters.size() == 1,
                name + ": " + (letters.isEmpty() ? "no dead letter" : letters.size() + " dead letters"));
        letters.stream().findFirst().ifPresent(letter -> look(one, letter));
        lookAtOutcome(one, letters, failsIdentities);
    }

    private void look(Case one, ConsumerRecord<byte[], byte[]> letter) {
        String name = one.malformed.name();
        ProducerRecord<byte[], byte[]> record = one.malformed.record();
        findings.expect(
                Check.REFUSED,
                !Records.header(letter, DeadLetterHeaders.REASON).isBlank(),
                name + ": no header " + DeadLetterHeaders.REASON + " says why");
        findings.expect(
                Check.REFUSED,
                sameBytes(record.value(), letter.value())
                        && (!isText(record.key()) || sameBytes(record.key(), letter.key())),
                name + ": key or value of the dead letter are not those of the record");
        List<String> lost = Records.headersLost(record, letter);
        findings.expect(
                Check.REFUSED, lost.isEmpty(), name + ": the dead letter lacks headers: " + String.join(", ", lost));
    }

    private void lookAtOutcome(Case one, List<ConsumerRecord<byte[], byte[]>> letters, boolean failsIdentities) {
        String name = one.malformed.name();
        List<IdentityOutcome> outcomes = responses.outcomes(one.event.key());
        if (!failsIdentities || !one.malformed.fails()) {
            findings.expect(Check.FAILED, outcomes.isEmpty(), name + ": an outcome, where none may be");
            return;
        }
        boolean failed = !outcomes.isEmpty()
                && outcomes.stream()
                        .allMatch(o ->
                                o.outcome() == Outcome.FAILED && !o.reason().isBlank());
        findings.expect(Check.FAILED, failed, name + ": no outcome failed with a reason");
        if (failed && !letters.isEmpty()) {
            String stage =
                    letters.get(0).topic().substring(Topics.deadLetters("").length());
            findings.expect(
                    Check.FAILED,
                    outcomes.get(0).stage().equals(stage),
                    name + ": the outcome is of the stage " + outcomes.get(0).stage() + ", the dead letter of "
                            + stage);
        }
    }

    /** A value that is not there may come back as an empty one. */
    private static boolean sameBytes(byte[] one, byte[] other) {
        return Arrays.equals(one == null ? new byte[0] : one, other == null ? new byte[0] : other);
    }

    private static boolean isText(byte[] key) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key == null ? new byte[0] : key));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
