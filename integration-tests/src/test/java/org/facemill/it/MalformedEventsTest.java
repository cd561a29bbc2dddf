package org.facemill.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.facemill.cli.machine.Machine;
import org.facemill.cli.machine.Services;
import org.facemill.cli.machine.State;
import org.facemill.cli.runs.DeadLetter;
import org.facemill.cli.runs.RunStatus;
import org.facemill.contracts.Topics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whatever strangers send to any topic in the middle of a run: the run ends as it would have without them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedEventsTest {

    private static final String TRAINER = "ldm-trainer-service";
    private static final int IMAGES = 4;
    private static final String RUN = """
            identities: 24
            images: 4
            seed: 11
            sampling: {sampler: painter}
            """;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int TOO_LARGE_FOR_A_REASON = (16 << 20) - 200;

    private Path logs;
    private Pipeline pipeline;
    private Machine trainer;
    private Admin admin;

    @BeforeAll
    void start(@TempDir Path state, @TempDir Path trainerState) throws Exception {
        logs = new State(state).logs();
        pipeline = Pipeline.start(state);
        trainer = pipeline.startMore(trainerState, List.of(TRAINER));
        admin = Admin.create(client());
    }

    @AfterAll
    void stop() {
        admin.close();
        trainer.close();
        pipeline.close();
    }

    @Test
    void aRunEndsAsItWouldHaveWhateverStrangersSend() throws Exception {
        String undisturbed = pipeline.complete(RUN);
        Map<String, ProcessHandle> processes = pipeline.processes(Services.forDatasets());
        ProcessHandle trains = trainer.process(TRAINER);
        String run = pipeline.runs().submit(RUN).run();
        MalformedEvents events = new MalformedEvents(pipeline, run, IMAGES);
        ProducerRecord<String, byte[]> tooLarge = new ProducerRecord<>(
                Topics.rawBlocks("mtcnn"),
                run + "/" + (MalformedEvents.NEVER_ISSUED - 1),
                new byte[TOO_LARGE_FOR_A_REASON]);
        pipeline.awaitBegun(run, "aligned");

        List<ProducerRecord<String, byte[]>> all =
                new ArrayList<>(events.refused().values());
        all.addAll(events.passedOver().values());
        all.add(tooLarge);
        send(all);

        pipeline.completed(run);
        awaitAllRead(all.stream().map(ProducerRecord::topic).collect(Collectors.toSet()));
        assertOneDeadLetterEach(events, tooLarge.key());
        assertSameDataset(run, undisturbed);
        assertThat(pipeline.processes(Services.forDatasets())).isEqualTo(processes);
        assertThat(trainer.process(TRAINER)).isEqualTo(trains);
        assertThat(linesWithControlCharacters()).isEmpty();
    }

    private void assertSameDataset(String run, String undisturbed) throws Exception {
        RunStatus status = pipeline.runs().status(run);
        assertThat(pipeline.digest(run)).isEqualTo(pipeline.digest(undisturbed));
        assertThat(status.identities())
                .containsEntry("failed", 0L)
                .containsEntry("discarded", 0L)
                .containsEntry("complete", 24L);
        assertThat(status.stages())
                .allSatisfy(stage -> assertThat(stage.done()).as(stage.stage()).isEqualTo(stage.total()));
    }

    private void assertOneDeadLetterEach(MalformedEvents events, String tooLarge) throws Exception {
        List<DeadLetter> all = pipeline.runs().deadLetters(Optional.empty());
        Map<String, List<String>> byCase = all.stream()
                .filter(letter -> letter.headers().containsKey(MalformedEvents.CASE))
                .collect(Collectors.groupingBy(
                        letter -> letter.headers().get(MalformedEvents.CASE),
                        Collectors.mapping(letter -> letter.stage() + ": " + letter.reason(), Collectors.toList())));
        Map<String, Integer> counts = new HashMap<>();
        events.refused()
                .keySet()
                .forEach(name ->
                        counts.put(name, byCase.getOrDefault(name, List.of()).size()));

        assertThat(counts.entrySet().stream()
                        .filter(count -> count.getValue() != 1)
                        .map(count -> count.getKey() + " " + byCase.get(count.getKey())))
                .as("records that are not one dead letter")
                .isEmpty();
        assertThat(byCase.keySet())
                .doesNotContainAnyElementsOf(events.passedOver().keySet());
        assertThat(all.stream().filter(letter -> letter.key().equals(tooLarge))).hasSize(1);
    }

    private void send(List<ProducerRecord<String, byte[]>> records) throws ExecutionException, InterruptedException {
        Map<String, Object> settings = new HashMap<>(client());
        settings.put("max.request.size", 32 << 20);
        settings.put("compression.type", "gzip");
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent =
                    records.stream().map(producer::send).toList();
            for (Future<RecordMetadata> record : sent) {
                record.get();
            }
        }
    }

    /** Waits until all that these topics hold is acknowledged, by every group that reads it and by one at least. */
    private void awaitAllRead(Set<String> topics) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Map<TopicPartition, Long> behind = behind(topics);
        while (!behind.isEmpty()) {
            assertThat(System.nanoTime()).as("not read: %s", behind).isLessThan(deadline);
            Thread.sleep(500);
            behind = behind(topics);
        }
    }

    private Map<TopicPartition, Long> behind(Set<String> topics) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        admin.describeTopics(topics)
                .allTopicNames()
                .get()
                .forEach((name, topic) -> topic.partitions()
                        .forEach(p -> partitions.put(new TopicPartition(name, p.partition()), OffsetSpec.latest())));
        Map<TopicPartition, Long> read = new HashMap<>();
        Map<String, ListConsumerGroupOffsetsSpec> groups = admin.listGroups().all().get().stream()
                .collect(Collectors.toMap(group -> group.groupId(), group -> new ListConsumerGroupOffsetsSpec()));
        admin.listConsumerGroupOffsets(groups)
                .all()
                .get()
                .values()
                .forEach(committed ->
                        committed.forEach((partition, offset) -> read.merge(partition, offset.offset(), Math::min)));
        Map<TopicPartition, Long> behind = new HashMap<>();
        admin.listOffsets(partitions).all().get().forEach((partition, end) -> {
            long missing = end.offset() - read.getOrDefault(partition, 0L);
            if (missing > 0) {
                behind.put(partition, missing);
            }
        });
        return behind;
    }

    private List<String> linesWithControlCharacters() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(logs)) {
            for (Path file : files.toList()) {
                Files.readString(file, StandardCharsets.ISO_8859_1)
                        .lines()
                        .filter(line -> line.chars().anyMatch(c -> c != '\t' && c < ' '))
                        .forEach(line -> found.add(file.getFileName() + ": " + line.replaceAll("\\p{Cntrl}", "?")));
            }
        }
        return found;
    }

    private Map<String, Object> client() {
        return Map.of("bootstrap.servers", pipeline.endpoints().kafka());
    }
}
