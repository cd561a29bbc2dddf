package org.facemill.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.facemill.contracts.DeadLetterHeaders;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.EventCodec;
import org.facemill.contracts.event.IdentityContext;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Outcome;
import org.facemill.contracts.event.RunEvent;
import org.facemill.contracts.event.RunState;
import org.facemill.platform.testing.BrokerAndStore;
import org.facemill.platform.testing.Topic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever a stranger sends, a channel goes on, and what cannot be read is one dead letter that says why. */
@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class HostileRecordTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Topic contexts = new Topic("facemill.identity-contexts.testing");
    private final Topic outcomes = new Topic(Topics.IDENTITY_OUTCOMES);
    private final Topic deadLetters = new Topic(Topics.deadLetters("testing"));
    private final String run = "run-" + UUID.randomUUID().toString().substring(0, 8);

    @Inject
    RunRegistry runs;

    @BeforeEach
    void announceRun() {
        Topic.announceRun(run, 4, 10);
    }

    /** One record that is not as it should be. */
    private record Case(
            String reason, Function<ProducerRecord<String, byte[]>, ProducerRecord<String, byte[]>> change) {

        static Case headers(String reason, Consumer<Headers> change) {
            return new Case(reason, right -> {
                change.accept(right.headers());
                return right;
            });
        }

        static Case value(String reason, Function<String, byte[]> change) {
            return new Case(
                    reason,
                    right -> new ProducerRecord<>(
                            right.topic(),
                            null,
                            right.key(),
                            change.apply(new String(right.value(), StandardCharsets.UTF_8)),
                            right.headers()));
        }
    }

    @Test
    void recordsWithMalformedHeadersAreOneDeadLetterEach() {
        assertRefused(List.of(
                Case.headers("header ce_specversion is missing", h -> h.remove("ce_specversion")),
                Case.headers("header ce_specversion is '0.3', expected '1.0'", h -> set(h, "ce_specversion", "0.3")),
                Case.headers("header ce_id is missing", h -> h.remove("ce_id")),
                Case.headers("header ce_id is no text", h -> set(h, "ce_id", (byte[]) null)),
                Case.headers("header ce_id is no text", h -> set(h, "ce_id", new byte[] {(byte) 0xc3, (byte) 0x28})),
                Case.headers("header ce_id is no text", h -> set(h, "ce_id", " ")),
                Case.headers("header ce_id is no text", h -> set(h, "ce_id", "a\nb")),
                Case.headers("header ce_source is missing", h -> h.remove("ce_source")),
                Case.headers("which is no URI reference", h -> set(h, "ce_source", "my sampler")),
                Case.headers("header ce_type is missing", h -> h.remove("ce_type")),
                Case.headers("header ce_type is there 2 times", h -> h.add("ce_type", utf8("facemill.crops.v1"))),
                Case.headers(
                        "the topic carries 'facemill.identity-context.v1'",
                        h -> set(h, "ce_type", "facemill.crops.v1")),
                Case.headers("header content-type is", h -> set(h, "content-type", "application/cloudevents+json")),
                Case.headers("header content-type is", h -> set(h, "content-type", "text/plain")),
                Case.headers(
                        "header content-type is", h -> set(h, "content-type", "application/json; charset=utf-16"))));
    }

    @Test
    void recordsWithSloppyOptionalHeadersAreWorkedOn() {
        List<Case> cases = List.of(
                Case.headers("ce_time", h -> set(h, "ce_time", "yesterday")),
                Case.headers("ce_dataschema", h -> set(h, "ce_dataschema", "no uri at all")),
                Case.headers("ce_subject", h -> set(h, "ce_subject", (byte[]) null)),
                Case.headers("charset", h -> set(h, "content-type", "application/json;charset=UTF-8")),
                Case.headers("profile", h -> set(h, "content-type", "Application/JSON; profile=x; charset=\"utf-8\"")),
                Case.headers("no content type", h -> h.remove("content-type")),
                Case.headers("an extension without value", h -> set(h, "ce_extension", (byte[]) null)),
                Case.headers("an extension that is no text", h -> set(h, "ce_extension", new byte[] {(byte) 0xff})),
                Case.headers("a huge extension", h -> set(h, "ce_extension", "x".repeat(1 << 20))),
                Case.headers("traceparent", h -> set(h, "traceparent", "no trace\n")),
                Case.headers("a header of the library", h -> set(h, "__smallrye_generation", (byte[]) null)),
                Case.headers(
                        "many headers", h -> IntStream.range(0, 5_000).forEach(i -> h.add("ce_x" + i, utf8("y")))));

        send(cases);

        for (int i = 0; i < cases.size(); i++) {
            assertThat(outcome(i).outcome()).as(cases.get(i).reason()).isEqualTo(Outcome.DISCARDED);
        }
    }

    @Test
    void malformedValuesAreOneDeadLetterEachAndFailTheIdentityOfTheKey() {
        assertRefused(List.of(
                Case.value("the record has no value", json -> null),
                Case.value("the record has no value", json -> new byte[0]),
                Case.value("it is empty", json -> utf8("  ")),
                Case.value("no JSON", json -> utf8("hello")),
                Case.value("byte order mark", json -> utf8("\uFEFF" + json)),
                Case.value("not UTF-8", json -> json.getBytes(StandardCharsets.UTF_16)),
                Case.value("no JSON", json -> json.getBytes(StandardCharsets.UTF_16LE)),
                Case.value(
                        "not UTF-8", json -> json.replace("mtcnn", "mtcn\u00f1").getBytes(StandardCharsets.ISO_8859_1)),
                Case.value("something follows the value", json -> utf8(json + "{}")),
                Case.value("no JSON", json -> utf8(json + " and more")),
                Case.value(
                        "Duplicate field 'run'", json -> utf8(json.replaceFirst("\\{", "{\"run\":\"" + run + "\","))),
                Case.value("$", json -> utf8("[" + json + "]")),
                Case.value("$.attempt", json -> utf8(json.replaceFirst("\"attempt\":0", "\"attempt\":-1"))),
                Case.value("no JSON", json -> utf8("[".repeat(100_000)))));
    }

    @Test
    void whereKeyAndValueDifferNoIdentityFails() {
        contexts.send(run + "/4", record(5).value(), EventCodec.headers(context(5), "test"));
        contexts.send(record(6));

        assertThat(outcome(6).outcome()).isEqualTo(Outcome.DISCARDED);
        ConsumerRecord<String, byte[]> letter = deadLetters.await(PATIENCE, r -> (run + "/4").equals(r.key()));
        assertThat(Topic.header(letter, DeadLetterHeaders.REASON)).contains("the record's key is " + run + "/4");
        assertThat(outcomes.now(r -> r.key().equals(run + "/4") || r.key().equals(run + "/5")))
                .isEmpty();
    }

    @Test
    void aKeyThatIsSpeltAnotherWayFailsNoIdentity() {
        contexts.send(run + "/07", record(7).value(), EventCodec.headers(context(7), "test"));
        contexts.send(record(8));

        assertThat(outcome(8).outcome()).isEqualTo(Outcome.DISCARDED);
        deadLetters.await(PATIENCE, r -> (run + "/07").equals(r.key()));
        assertThat(outcomes.now(r -> r.key().equals(run + "/7"))).isEmpty();
    }

    @Test
    void workOfARunThatNobodyKnowsIsRefusedAndNothingSaidOfIt() {
        String unknown = run + "-unknown";
        IdentityContext context = PlayedWork.context(unknown, 1, 0);
        contexts.send(context);
        contexts.send(new ProducerRecord<>(
                "facemill.identity-contexts.testing",
                null,
                unknown + "/2",
                utf8("no JSON"),
                record(1).headers()));
        contexts.send(record(9));

        assertThat(outcome(9).outcome()).isEqualTo(Outcome.DISCARDED);
        ConsumerRecord<String, byte[]> letter = deadLetters.await(PATIENCE, r -> (unknown + "/1").equals(r.key()));
        assertThat(Topic.header(letter, DeadLetterHeaders.REASON)).contains("nobody knows the run " + unknown);
        deadLetters.await(PATIENCE, r -> (unknown + "/2").equals(r.key()));
        assertThat(outcomes.now(r -> r.key().startsWith(unknown + "/"))).isEmpty();
    }

    @Test
    void workThatFollowsItsRunsAnnouncementAtOnceIsKnown() {
        for (int i = 0; i < 20; i++) {
            String fresh = run + "-" + i;
            Topic.announceRun(fresh, 4, 10);

            assertThat(runs.find(fresh)).contains(new RunEvent(fresh, RunState.RUNNING, "", 4, 10));
        }
    }

    @Test
    void aRecordThatLeavesNoRoomForAReasonIsPutAwayWithoutItsValue() {
        byte[] value = new byte[(16 << 20) - 200];
        contexts.send(new ProducerRecord<>("facemill.identity-contexts.testing", run + "/10", value));
        contexts.send(record(11));

        assertThat(outcome(11).outcome()).isEqualTo(Outcome.DISCARDED);
        ConsumerRecord<String, byte[]> letter = deadLetters.await(PATIENCE, r -> (run + "/10").equals(r.key()));
        assertThat(letter.value()).isEmpty();
        assertThat(Topic.header(letter, DeadLetterHeaders.REASON)).contains("too large to be kept");
        assertThat(Topic.header(letter, DeadLetterHeaders.POSITION)).matches("\\d+/\\d+");
    }

    @Test
    void aDeadLetterThatIsSentAgainHasOneReason() {
        ProducerRecord<String, byte[]> record = record(12);
        record.headers().remove("ce_id");
        record.headers().add(DeadLetterHeaders.REASON, utf8("an older one"));

        contexts.send(record);

        ConsumerRecord<String, byte[]> letter = deadLetters.await(PATIENCE, r -> (run + "/12").equals(r.key()));
        assertThat(letter.headers().headers(DeadLetterHeaders.REASON)).hasSize(1);
        assertThat(Topic.header(letter, DeadLetterHeaders.REASON)).contains("ce_id");
    }

    private void send(List<Case> cases) {
        for (int i = 0; i < cases.size(); i++) {
            contexts.send(cases.get(i).change().apply(record(i)));
        }
        contexts.send(record(cases.size()));
    }

    private void assertRefused(List<Case> cases) {
        send(cases);

        assertThat(outcome(cases.size()).outcome()).isEqualTo(Outcome.DISCARDED);
        List<ConsumerRecord<String, byte[]>> letters = deadLetters.await(
                PATIENCE, cases.size(), r -> r.key() != null && r.key().startsWith(run + "/"));
        assertThat(letters).extracting(ConsumerRecord::key).doesNotHaveDuplicates();
        for (int i = 0; i < cases.size(); i++) {
            String key = run + "/" + i;
            String reason = cases.get(i).reason();
            assertThat(letters)
                    .filteredOn(letter -> letter.key().equals(key))
                    .allSatisfy(letter -> assertThat(Topic.header(letter, DeadLetterHeaders.REASON))
                            .contains(reason));
            assertThat(outcome(i).outcome()).as(reason).isEqualTo(Outcome.FAILED);
            assertThat(outcome(i).reason()).contains(reason);
        }
    }

    private static void set(Headers headers, String name, String value) {
        set(headers, name, utf8(value));
    }

    private static void set(Headers headers, String name, byte[] value) {
        headers.remove(name).add(name, value);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private ProducerRecord<String, byte[]> record(long ordinal) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                "facemill.identity-contexts.testing", context(ordinal).key(), EventCodec.encode(context(ordinal)));
        EventCodec.headers(context(ordinal), "test")
                .forEach((name, value) -> record.headers().add(name, utf8(value)));
        return record;
    }

    private IdentityContext context(long ordinal) {
        return PlayedWork.context(run, ordinal, 0);
    }

    private IdentityOutcome outcome(long ordinal) {
        return RecordDecoder.decode(
                outcomes.await(PATIENCE, r -> r.key().equals(run + "/" + ordinal)), IdentityOutcome.class);
    }
}
