package org.facemill.cli.conformance;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.facemill.cli.conformance.Broker.Sent;
import org.facemill.contracts.DeadLetterHeaders;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.EventCodec;
import org.facemill.contracts.event.EventType;
import org.facemill.contracts.event.IdentityEvent;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.InvalidEventException;
import org.facemill.contracts.event.Outcome;

/** What came of the events that the plug-in was given. */
final class Responses {

    private final Broker broker;
    private final Workpiece workpiece;
    private final String name;

    Responses(Broker broker, Workpiece workpiece, String name) {
        this.broker = broker;
        this.workpiece = workpiece;
        this.name = name;
    }

    /** Hears all that may come, from now on. */
    void listen(String ownTopic) {
        List<String> topics = new ArrayList<>(List.of(ownTopic, Topics.IDENTITY_OUTCOMES));
        if (!workpiece.answersAt().equals(ownTopic)) {
            topics.add(workpiece.answersAt());
        }
        broker.topics().stream()
                .filter(topic -> topic.startsWith(Topics.deadLetters("")))
                .forEach(topics::add);
        broker.listen(topics);
    }

    /** Whether a result came of an event, or that its identity is discarded. */
    boolean answered(IdentityEvent event) {
        return count(event) > 0;
    }

    int count(IdentityEvent event) {
        return answers(event).size();
    }

    /** Whether all answers to an event say the same. */
    boolean alike(IdentityEvent event) {
        return answers(event).stream()
                        .map(record -> Arrays.hashCode(record.value()) + Records.header(record, EventCodec.ID))
                        .distinct()
                        .count()
                <= 1;
    }

    /** Why there is no answer, as far as it can be seen. */
    String silence(IdentityEvent event, Duration patience) {
        String reasons = outcomes(event.key()).stream()
                .map(outcome -> ", but the outcome " + outcome.outcome() + ": " + outcome.reason())
                .findFirst()
                .orElse("");
        return event.key() + ": no answer at " + workpiece.answersAt() + " within " + patience.toSeconds() + " s"
                + reasons;
    }

    /** Holds the first answer to an event to it. */
    void inspect(IdentityEvent event, Findings findings, Store store) {
        Optional<ConsumerRecord<byte[], byte[]>> answer =
                answers(event).stream().findFirst();
        if (answer.isEmpty() || !answer.get().topic().equals(workpiece.answersAt())) {
            return;
        }
        Inspection inspection = new Inspection(event.key(), store, findings);
        List<String> extensions = Records.extensionsMissing(answer.get());
        findings.expect(
                Check.EXTENSIONS,
                extensions.isEmpty(),
                event.key() + ": the result lacks " + String.join(", ", extensions));
        try {
            IdentityEvent result = decoded(answer.get());
            List<String> faults = Records.envelopeFaults(answer.get(), result);
            findings.expect(Check.ENVELOPE, faults.isEmpty(), event.key() + ": " + String.join("; ", faults));
            inspection.handedOn("run", event.run(), result.run());
            inspection.handedOn("ordinal", event.ordinal(), result.ordinal());
            inspection.handedOn("attempt", event.attempt(), result.attempt());
            workpiece.inspect(event, result, inspection);
        } catch (InvalidEventException e) {
            findings.fault(Check.ENVELOPE, event.key() + ": " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            findings.fault(Check.CONTENT, event.key() + ": " + e.getMessage());
        }
    }

    /** What an event's result refers to; none where there is no result. */
    List<ObjectRef> objects(IdentityEvent event, Store store) {
        return result(event, store).map(Workpiece.Result::objects).orElse(List.of());
    }

    /** When those objects were written. */
    List<Optional<Instant>> written(IdentityEvent event, Store store) {
        return objects(event, store).stream().map(store::written).toList();
    }

    /** Of what is to be the same wherever it is made; empty where there is no result. */
    String digest(IdentityEvent event, Store store) {
        return result(event, store).map(Workpiece.Result::digest).orElse("");
    }

    private Optional<Workpiece.Result> result(IdentityEvent event, Store store) {
        try {
            for (ConsumerRecord<byte[], byte[]> answer : answers(event)) {
                if (answer.topic().equals(workpiece.answersAt())) {
                    return Optional.of(workpiece.inspect(
                            event, decoded(answer), new Inspection(event.key(), store, new Findings())));
                }
            }
        } catch (IOException | RuntimeException e) {
            // was recorded when the result was checked
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** The dead letters of a record. */
    List<ConsumerRecord<byte[], byte[]>> letters(Sent sent) {
        String position = sent.position().partition() + "/" + sent.position().offset();
        return broker.heard(record -> record.topic().startsWith(Topics.deadLetters(""))
                        && Records.header(record, DeadLetterHeaders.TOPIC)
                                .equals(sent.position().topic())
                        && Records.header(record, DeadLetterHeaders.POSITION).equals(position))
                .toList();
    }

    /** The outcomes of an identity. */
    List<IdentityOutcome> outcomes(String key) {
        return outcomeRecords(key).flatMap(record -> outcome(record).stream()).toList();
    }

    private Stream<ConsumerRecord<byte[], byte[]>> outcomeRecords(String key) {
        return broker.heard(record -> record.topic().equals(Topics.IDENTITY_OUTCOMES)
                && Records.key(record).equals(key));
    }

    private List<ConsumerRecord<byte[], byte[]>> answers(IdentityEvent event) {
        return Stream.concat(
                        broker.heard(record -> record.topic().equals(workpiece.answersAt())
                                && Records.key(record).equals(event.key())
                                && isOfPlugIn(record)),
                        outcomeRecords(event.key())
                                .filter(record -> outcome(record)
                                        .filter(outcome -> outcome.outcome() == Outcome.DISCARDED)
                                        .isPresent()))
                .filter(record -> Records.attempt(record) == event.attempt())
                .toList();
    }

    /** Results of several evaluators go to one topic. */
    private boolean isOfPlugIn(ConsumerRecord<byte[], byte[]> record) {
        return !record.topic().equals(Topics.EMBEDDINGS)
                || Records.header(record, EventCodec.SOURCE).equals("/facemill/" + name);
    }

    private IdentityEvent decoded(ConsumerRecord<byte[], byte[]> record) {
        EventType type = workpiece.gives();
        return (IdentityEvent) EventCodec.decode(type.event(), Records.header(record, EventCodec.TYPE), record.value());
    }

    private static Optional<IdentityOutcome> outcome(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(
                    EventCodec.decode(IdentityOutcome.class, Records.header(record, EventCodec.TYPE), record.value()));
        } catch (InvalidEventException e) {
            return Optional.empty();
        }
    }
}
