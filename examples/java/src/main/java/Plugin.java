import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The way of every record through a plug-in, as the contract asks for it. What a plug-in makes is in Sampler and Aligner. */
final class Plugin {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String RUNS = "facemill.runs";
    private static final Set<String> ABANDONED = Set.of("failed", "cancelled");
    private static final Pattern KEY = Pattern.compile("([a-z0-9][a-z0-9-]{0,62})/(\\d+)");
    private static final Pattern OWN =
            Pattern.compile("ce_(specversion|id|source|type|time|subject|datacontenttype|dataschema)");
    private static final Pattern HANDED_ON = Pattern.compile("trace(parent|state)|ce_[a-z0-9]+");

    private static final int ATTEMPTS = 3;

    private final Store store = new Store();
    private final String name;
    private final String reads;
    private final String takes;
    private final Map<String, Object> broker = Map.of("bootstrap.servers", System.getenv("KAFKA_BOOTSTRAP_SERVERS"));
    private final Admin admin = Admin.create(broker);
    private final KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(broker, new ByteArraySerializer(), new ByteArraySerializer());
    private final KafkaConsumer<byte[], byte[]> runReader = consumer(Map.of());
    private final Map<String, String> runs = new HashMap<>();
    private final JsonSchema schema;

    /** What no waiting helps: the identity fails with this reason. */
    static final class Refused extends Exception {
        Refused(String reason) {
            super(reason);
        }
    }

    /** The run has ended meanwhile: its work is dropped. */
    static final class Ended extends RuntimeException {}

    /** An event on its way: kind is its schema's name, such as raw-block.v1. */
    record Announcement(String topic, String kind, ObjectNode event) {}

    /** What a plug-in does with an event; beat is called between steps. */
    interface Work {
        Announcement apply(JsonNode event, Runnable beat) throws Exception;
    }

    /**
     * A plug-in that is ready to run.
     *
     * @param reads topic of its work
     * @param takes kind of event on it, such as raw-block.v1
     */
    Plugin(String name, String reads, String takes) throws Exception {
        this.name = name;
        this.reads = reads;
        this.takes = takes;
        Map<String, String> schemas = new HashMap<>(); // they refer to each other
        String id = "";
        for (JsonNode path : JSON.readTree(contract("/contract")).get("schemas")) {
            String text = contract(path.asText());
            JsonNode tree = JSON.readTree(text);
            schemas.put(tree.path("$id").asText(), text);
            id = tree.path("title").asText().equals("facemill." + takes)
                    ? tree.path("$id").asText()
                    : id;
        }
        schema = JsonSchemaFactory.getInstance(
                        VersionFlag.V202012, factory -> factory.schemaLoaders(loaders -> loaders.schemas(schemas)))
                .getSchema(schemas.get(id));
        for (NewTopic topic : List.of(
                new NewTopic(reads, Optional.of(4), Optional.empty()),
                new NewTopic(letters(), Optional.of(1), Optional.empty()))) {
            try {
                admin.createTopics(List.of(topic)).all().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        List<TopicPartition> partitions = runReader.partitionsFor(RUNS).stream()
                .map(p -> new TopicPartition(RUNS, p.partition()))
                .toList();
        runReader.assign(partitions); // every worker reads all of it, in no group that would share it
        runReader.seekToBeginning(partitions);
    }

    /** A part of the contract, as the system serves it. */
    private static String contract(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(System.getenv("FACEMILL_SERVER") + path))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    /** Works until the process is told to end. */
    void run(Work work) {
        KafkaConsumer<byte[], byte[]> consumer = consumer(Map.of(
                "group.id",
                name,
                "auto.offset.reset",
                "earliest",
                "session.timeout.ms",
                10_000,
                "heartbeat.interval.ms",
                2_000,
                "max.poll.records",
                1,
                "max.poll.interval.ms",
                3_600_000));
        consumer.subscribe(List.of(reads));
        System.out.println(name + " reads " + reads);
        while (true) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                handle(record, work);
                try {
                    consumer.commitSync();
                } catch (RetriableException e) { // the record comes again, its result is found
                    System.err.println("not acknowledged: " + e);
                }
            }
        }
    }

    private void handle(ConsumerRecord<byte[], byte[]> record, Work work) {
        Optional<ObjectNode> about = identity(record);
        try {
            ObjectNode event = decode(record);
            about = Optional.of(event);
            String run = event.path("run").asText();
            if (!known(run)) {
                throw new Refused("nobody knows the run " + run);
            }
            Runnable beat = () -> {
                if (ended(run)) {
                    throw new Ended();
                }
            };
            beat.run();
            String mark = run + "/attempts/" + name + "/" + event.path("ordinal").asText();
            begin(mark);
            try {
                send(work.apply(event, beat), record.headers());
            } finally {
                store.remove("runs", mark);
            }
        } catch (Ended e) {
            System.err.println(reads + ": the run has ended");
        } catch (Exception e) { // whatever it is, waiting does not help
            refuse(record, about, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    /** Counts in the store: work that ends the process comes again, and is refused where it began three times before. */
    private void begin(String mark) throws Exception {
        int begun = store.find("runs", mark)
                .map(bytes -> Integer.parseInt(text(bytes)))
                .orElse(0);
        if (begun >= ATTEMPTS) {
            store.remove("runs", mark);
            throw new Refused("ended its worker " + begun + " times");
        }
        store.put("runs", mark, bytes(Integer.toString(begun + 1)));
    }

    /** The event that a record carries. */
    private ObjectNode decode(ConsumerRecord<byte[], byte[]> record) throws Exception {
        Map<String, String> wanted = Map.of(
                "ce_specversion",
                "1\\.0",
                "ce_type",
                Pattern.quote("facemill." + takes),
                "ce_id",
                ".*\\S.*",
                "ce_source",
                "\\S+");
        for (Map.Entry<String, String> header : wanted.entrySet()) {
            List<Header> found = StreamSupport.stream(
                            record.headers().headers(header.getKey()).spliterator(), false)
                    .toList();
            if (found.size() != 1 || !text(found.get(0).value()).matches(header.getValue())) {
                throw new Refused("header " + header.getKey() + " is not " + header.getValue() + " once");
            }
        }
        Header type = record.headers().lastHeader("content-type");
        if (type != null && !text(type.value()).matches("(?i)application/json\\s*(;.*)?")) {
            throw new Refused("content-type is no JSON");
        }
        // decoded here, since Jackson would take UTF-16 and a byte order mark, too
        JsonNode event = STRICT.readTree(StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes(record.value())))
                .toString());
        var faults = schema.validate(event);
        if (!faults.isEmpty()) {
            throw new Refused("no " + takes + ": " + faults);
        }
        if (!text(record.key()).equals(key(event))) {
            throw new Refused("the key is " + text(record.key()) + ", the event's " + key(event));
        }
        return (ObjectNode) event;
    }

    /** The identity that a broken record is about: that of its key, unless its body names another one. */
    private static Optional<ObjectNode> identity(ConsumerRecord<byte[], byte[]> record) {
        var key = KEY.matcher(text(record.key()));
        if (!key.matches()) {
            return Optional.empty();
        }
        try {
            JsonNode body = JSON.readTree(bytes(record.value()));
            if (body.has("run") && body.has("ordinal") && !key(body).equals(key.group())) {
                return Optional.empty();
            }
        } catch (Exception e) {
            // then the key alone says it
        }
        return Optional.of(JSON.createObjectNode()
                .put("run", key.group(1))
                .put("ordinal", Long.parseLong(key.group(2)))
                .put("attempt", 0));
    }

    private void refuse(ConsumerRecord<byte[], byte[]> record, Optional<ObjectNode> about, String reason) {
        System.err.println(reads + " " + text(record.key()) + ": " + reason);
        if (about.isPresent()
                && known(about.get().path("run").asText())
                && !ended(about.get().path("run").asText())) {
            produce(record(outcome(about.get(), "failed", reason), record.headers()));
        }
        RecordHeaders headers = new RecordHeaders(record.headers());
        headers.add("facemill_reason", bytes(reason)).add("facemill_topic", bytes(reads));
        headers.add("facemill_position", bytes(record.partition() + "/" + record.offset()));
        produce(new ProducerRecord<>(letters(), null, record.key(), record.value(), headers));
    }

    /** What an identity that has ended here is announced by. */
    Announcement outcome(JsonNode event, String outcome, String reason) {
        ObjectNode body = JSON.createObjectNode();
        List.of("run", "ordinal", "attempt").forEach(field -> body.set(field, event.get(field)));
        body.put("outcome", outcome).put("stage", name).put("reason", reason).putNull("crops");
        return new Announcement("facemill.identity-outcomes", "identity-outcome.v1", body);
    }

    private void send(Announcement announcement, Headers given) throws Exception {
        if (!patiently(() -> admin.listTopics().names().get()).contains(announcement.topic())) {
            throw new Refused("there is no topic " + announcement.topic());
        }
        produce(record(announcement, given));
    }

    private ProducerRecord<byte[], byte[]> record(Announcement announcement, Headers given) {
        String key = key(announcement.event());
        RecordHeaders headers = new RecordHeaders();
        for (Header header : given) { // trace context and CloudEvents extensions, which every stage hands on
            if (HANDED_ON.matcher(header.key()).matches()
                    && !OWN.matcher(header.key()).matches()) {
                headers.add(header);
            }
        }
        Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_type",
                        "facemill." + announcement.kind(),
                        "ce_id",
                        announcement.kind() + ":" + key + "/"
                                + announcement.event().path("attempt").asText(),
                        "ce_source",
                        "/facemill/" + name,
                        "ce_time",
                        Instant.now().toString(),
                        "ce_subject",
                        key,
                        "content-type",
                        "application/json")
                .forEach((header, value) -> headers.add(header, bytes(value)));
        return new ProducerRecord<>(
                announcement.topic(),
                null,
                bytes(key),
                bytes(announcement.event().toString()),
                headers);
    }

    /** Returns when the broker has accepted the record. */
    private void produce(ProducerRecord<byte[], byte[]> record) {
        try {
            patiently(() -> producer.send(record).get());
        } catch (Exception e) {
            throw new IllegalStateException("the broker refuses a record for " + record.topic(), e);
        }
    }

    /** The call's result, waiting out what passes: no connection, a time-out, a leader that changes. */
    private static <T> T patiently(Callable<T> call) throws Exception {
        while (true) {
            try {
                return call.call();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException)) {
                    throw e;
                }
                Thread.sleep(1000);
            }
        }
    }

    /** A run's first event was accepted before anything else was said of it: where none is known, the topic is read to its end. */
    private boolean known(String run) {
        while (!runs.containsKey(run)
                && runReader.endOffsets(runReader.assignment()).entrySet().stream()
                        .anyMatch(end -> runReader.position(end.getKey()) < end.getValue())) {
            readRuns(Duration.ofMillis(200));
        }
        return runs.containsKey(run);
    }

    private boolean ended(String run) {
        readRuns(Duration.ZERO);
        return ABANDONED.contains(runs.getOrDefault(run, ""));
    }

    private void readRuns(Duration wait) {
        for (ConsumerRecord<byte[], byte[]> record : runReader.poll(wait)) {
            try {
                JsonNode event = JSON.readTree(record.value());
                runs.merge(
                        event.get("run").asText(),
                        event.get("state").asText(),
                        (before, now) -> ABANDONED.contains(before) ? before : now);
            } catch (Exception e) {
                // passed over: what is no event tells of no run
            }
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(broker);
        all.put("enable.auto.commit", false);
        all.putAll(settings);
        return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private String letters() {
        return "facemill.dead-letters." + name;
    }

    static String key(JsonNode event) {
        return event.path("run").asText() + "/" + event.path("ordinal").asText();
    }

    private static String text(byte[] bytes) {
        return new String(bytes(bytes), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(byte[] bytes) {
        return bytes == null ? new byte[0] : bytes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
