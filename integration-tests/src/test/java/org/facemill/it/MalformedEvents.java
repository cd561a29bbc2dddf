package org.facemill.it;

import static org.facemill.contracts.event.AlignedBlock.CROP_SIZE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.DatasetDigest;
import org.facemill.contracts.Json;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.document.AlignedDetails;
import org.facemill.contracts.event.EventType;
import org.facemill.contracts.event.IdentityEvent;
import org.facemill.contracts.schema.Schemas;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.images.TileGrid;

/**
 * What strangers send to every topic that a stage answers for: the contract's own examples, each with one fault. Each record
 * has a header {@value #CASE} that names it, which its dead letter keeps. Ordinals are such as no run issues.
 */
final class MalformedEvents {

    static final String CASE = "case";
    static final long NEVER_ISSUED = 4_000_000_000L;

    private static final Map<String, EventType> TOPICS = topics();
    private static final ObjectNode NONE = Json.MAPPER.createObjectNode();

    private final Pipeline pipeline;
    private final String run;
    private final int images;
    private final Map<String, ProducerRecord<String, byte[]>> refused = new LinkedHashMap<>();
    private final Map<String, ProducerRecord<String, byte[]>> passedOver = new LinkedHashMap<>();
    private long ordinal = NEVER_ISSUED;

    /** @param images that the run wants of each identity */
    MalformedEvents(Pipeline pipeline, String run, int images) {
        this.pipeline = pipeline;
        this.run = run;
        this.images = images;
        TOPICS.forEach(this::common);
        TOPICS.forEach((topic, type) -> {
            if (IdentityEvent.class.isAssignableFrom(type.event())) {
                ordinals(topic, type);
            }
        });
        identityContexts();
        rawBlocks();
        alignedBlocks();
        laterStages();
        harmless();
    }

    /** By name: each is to become one dead letter. */
    Map<String, ProducerRecord<String, byte[]>> refused() {
        return refused;
    }

    /** By name: valid, but about what the ledger did not issue; they are to change nothing. */
    Map<String, ProducerRecord<String, byte[]>> passedOver() {
        return passedOver;
    }

    private static Map<String, EventType> topics() {
        Map<String, EventType> topics = new LinkedHashMap<>();
        topics.put(Topics.RUNS, EventType.RUN);
        topics.put(Topics.identityContexts("painter"), EventType.IDENTITY_CONTEXT);
        topics.put(Topics.rawBlocks("mtcnn"), EventType.RAW_BLOCK);
        topics.put(Topics.ALIGNED_BLOCKS, EventType.ALIGNED_BLOCK);
        topics.put(Topics.CROPS, EventType.CROPS);
        topics.put(Topics.IDENTITY_OUTCOMES, EventType.IDENTITY_OUTCOME);
        topics.put(Topics.EMBEDDINGS, EventType.IDENTITY_EMBEDDINGS);
        topics.put(Topics.DATASET_REQUESTS, EventType.DATASET_REQUEST);
        topics.put(Topics.DATASET_SEALED, EventType.DATASET_SEALED);
        topics.put(Topics.EVALUATIONS, EventType.EVALUATION);
        topics.put(Topics.FR_PROGRESS, EventType.FR_PROGRESS);
        topics.put(Topics.FR_MODELS, EventType.FR_MODEL);
        topics.put(Topics.LDM_JOBS, EventType.LDM_JOB);
        return topics;
    }

    private void common(String topic, EventType type) {
        EventFaults.ofHeaders()
                .forEach((name, change) ->
                        change.accept(refuse(name, topic, type, event -> {}).headers()));
        EventFaults.ofValues().forEach((name, change) -> value(name, topic, type, change));
        EventFaults.ofRuns()
                .forEach((name, run) -> refuse("a run that " + name, topic, type, event -> event.put("run", run)));
        refuse("no run", topic, type, event -> event.remove("run"));
        refuse("a run that is a number", topic, type, event -> event.put("run", 7));
        if (!topic.equals(Topics.RUNS)) {
            // a compacted topic's broker refuses it
            key("no key", topic, type, null);
        }
        key("an empty key", topic, type, "");
        key("the key of another", topic, type, "another-run/5");
        key("a key that climbs", topic, type, "../" + run);
        key("a key with an escape", topic, type, "\u001b[2J\r\n" + run);
        key("a key of 100000 letters", topic, type, "k".repeat(100_000));
    }

    private void ordinals(String topic, EventType type) {
        refuse("an ordinal below 0", topic, type, event -> event.put("ordinal", -7));
        refuse("an ordinal past the last", topic, type, event -> event.put("ordinal", 1L << 32));
        refuse("an ordinal past 64 bits", topic, type, event -> event.put("ordinal", BigInteger.ONE.shiftLeft(64)));
        refuse("half an ordinal", topic, type, event -> event.put("ordinal", 0.5));
        refuse("an attempt below 0", topic, type, event -> event.put("attempt", -1));
        key("an ordinal with a leading zero", topic, type, run + "/04");
    }

    private void identityContexts() {
        String topic = Topics.identityContexts("painter");
        EventType type = EventType.IDENTITY_CONTEXT;
        refuse("511 numbers", topic, type, event -> event.withArray("context").remove(0));
        value("not a number", topic, type, json -> utf8(json.replaceFirst("\"context\":\\[[^,]*", "\"context\":[NaN")));
        refuse("M of nothing", topic, type, event -> event.put("images", 0));
        refuse(
                "an unknown policy",
                topic,
                type,
                event -> event.withObject("alignment").put("policy", "hope"));
        refuse("a topic of others", topic, type, event -> event.put("next_topic", "payments"));
        refuse("no such next topic", topic, type, event -> event.put("next_topic", Topics.rawBlocks("nobody")));
        refuse("no way on", topic, type, event -> event.putArray("later_topics"));
        refuse("an unknown run", topic, type, event -> event.put("run", "nobody-knows"));
    }

    private void rawBlocks() {
        String topic = Topics.rawBlocks("mtcnn");
        EventType type = EventType.RAW_BLOCK;
        ObjectNode text = stored(Buckets.BLOCKS, "no-picture.png", utf8("no picture"));
        ObjectNode small = stored(Buckets.BLOCKS, "small.png", picture(images, 128));
        refuse("a missing block", topic, type, event -> block(event, "block", absent(Buckets.BLOCKS)));
        refuse(
                "a wrong digest",
                topic,
                type,
                event -> block(event, "block", text.deepCopy().put("sha256", "0".repeat(64))));
        refuse(
                "no digest",
                topic,
                type,
                event -> block(event, "block", text.deepCopy().put("sha256", "")));
        refuse("no picture", topic, type, event -> block(event, "block", text));
        refuse("a bucket that is not there", topic, type, event -> block(event, "block", absent("no-such-bucket")));
        refuse("a bucket that cannot be", topic, type, event -> block(event, "block", absent("No Bucket\u0007/..")));
        refuse("a block that climbs", topic, type, event -> block(event, "block", key("../../../etc/passwd")));
        refuse("a key that no store holds", topic, type, event -> block(event, "block", key("k".repeat(5_000))));
        refuse("a grid that is not the picture's", topic, type, event -> {
            block(event, "block", small);
            event.withObject("grid").put("count", 900);
        });
        refuse("an unknown run", topic, type, event -> event.put("run", "nobody-knows"));
    }

    private void alignedBlocks() {
        aligned("a missing block", event -> block(event, "block", absent(Buckets.ALIGNED)));
        aligned("a wrong digest", event -> event.withObject("block").put("sha256", "0".repeat(64)));
        aligned("no picture", event -> block(event, "block", stored(Buckets.ALIGNED, "text.png", utf8("no picture"))));
        aligned("missing details", event -> block(event, "details", absent(Buckets.ALIGNED)));
        aligned(
                "details of a wrong digest",
                event -> event.withObject("details").put("sha256", "0".repeat(64)));
        aligned("details that are no JSON", event -> block(event, "details", stored(Buckets.ALIGNED, "x", utf8("{"))));
        aligned("details of fewer", event -> block(event, "details", details(images - 1)));
        aligned("a bucket that is not there", event -> block(event, "block", absent("no-such-bucket")));
        aligned("tiles of 128x128", event -> {
            block(event, "block", stored(Buckets.ALIGNED, "128.png", picture(images, 128)));
            event.withObject("grid").put("tile_size", 128);
        });
        aligned(
                "128x128 said to be 112x112",
                event -> block(event, "block", stored(Buckets.ALIGNED, "128.png", picture(images, 128))));
        aligned("M and a spare", event -> grid(event, images + 1));
        aligned("M less two", event -> grid(event, images - 2));
        aligned("another M", event -> event.put("images", images + 1));
        aligned("no such next topic", event -> event.put("next_topic", "facemill.crops-of-nobody"));
        aligned("a topic that cannot be", event -> event.put("next_topic", "facemill." + "x".repeat(300)));
        aligned("an unknown run", event -> event.put("run", "nobody-knows"));
    }

    private void laterStages() {
        refuse("missing crops", Topics.CROPS, EventType.CROPS, event -> block(event, "archive", absent(Buckets.CROPS)));
        refuse(
                "no archive",
                Topics.CROPS,
                EventType.CROPS,
                event -> block(event, "archive", stored(Buckets.CROPS, "x.tar", utf8("no tar"))));
        refuse(
                "an encoder that is not there",
                Topics.CROPS,
                EventType.CROPS,
                event -> event.put("encoder", "no-such-model"));
        refuse("no hashes", Topics.CROPS, EventType.CROPS, event -> event.putArray("pixel_sha256"));
        refuse(
                "an unknown outcome",
                Topics.IDENTITY_OUTCOMES,
                EventType.IDENTITY_OUTCOME,
                event -> event.put("outcome", "perfect"));
        refuse("missing members", Topics.DATASET_REQUESTS, EventType.DATASET_REQUEST, event -> event.put("version", 7));
        refuse("missing members", Topics.DATASET_SEALED, EventType.DATASET_SEALED, event -> event.put("version", 7));
        refuse("version 0", Topics.DATASET_SEALED, EventType.DATASET_SEALED, event -> event.put("version", 0));
        refuse("a missing model", Topics.FR_MODELS, EventType.FR_MODEL, event -> event.put("version", 7));
        refuse(
                "figures that are words",
                Topics.EVALUATIONS,
                EventType.EVALUATION,
                event -> event.withObject("metrics").put("eer", "low"));
        refuse("a state of nobody", Topics.RUNS, EventType.RUN, event -> event.put("state", "resting"));
        refuse("no recipe", Topics.LDM_JOBS, EventType.LDM_JOB, event -> event.remove("recipe"));
        refuse("a model that climbs", Topics.LDM_JOBS, EventType.LDM_JOB, event -> event.put("model", "../demo"));
        refuse(
                "steps below 1",
                Topics.LDM_JOBS,
                EventType.LDM_JOB,
                event -> event.withObject("recipe").withObject("training").put("steps", -1));
    }

    private void harmless() {
        passOver("complete without crops", EventType.IDENTITY_OUTCOME, event -> event.putNull("crops"));
        passOver("complete with crops that are not there", EventType.IDENTITY_OUTCOME, event -> {});
        passOver(
                "a reason with an escape",
                EventType.IDENTITY_OUTCOME,
                event -> event.put("outcome", "failed")
                        .put("reason", "\u001b[2J\r\n\u0000")
                        .put("stage", "\u001b]0;mine\u0007"));
        passOver("a deep field that nobody knows", EventType.IDENTITY_OUTCOME, event -> {
            ObjectNode field = event;
            for (int depth = 0; depth < 200; depth++) {
                field = field.putObject("x");
            }
        });
        EventFaults.noneOfHeaders()
                .forEach((name, change) -> change.accept(
                        passOver(name, EventType.IDENTITY_OUTCOME, event -> {}).headers()));
        passOver("embeddings of nobody", EventType.IDENTITY_EMBEDDINGS, event -> event.put("model", "nobody"));
        passOver("figures that nobody waits for", EventType.EVALUATION, event -> event.put("subject", "v9"));
        passOver("progress of no version", EventType.FR_PROGRESS, event -> event.put("version", 9));
    }

    private void aligned(String name, Consumer<ObjectNode> fault) {
        refuse(name, Topics.ALIGNED_BLOCKS, EventType.ALIGNED_BLOCK, event -> {
            grid(event, images);
            event.put("images", images);
            fault.accept(event);
        });
    }

    private void grid(ObjectNode event, int count) {
        event.withObject("grid").put("columns", count).put("count", count);
        block(event, "block", stored(Buckets.ALIGNED, count + ".png", picture(count, CROP_SIZE)));
        block(event, "details", details(count));
    }

    private ObjectNode details(int count) {
        ObjectNode details =
                (ObjectNode) Schemas.document(AlignedDetails.SCHEMA).at("/examples/0");
        ObjectNode crop = (ObjectNode) details.at("/images/0");
        details.putArray("images");
        for (int tile = 0; tile < count; tile++) {
            details.withArray("images").add(crop);
        }
        return stored(Buckets.ALIGNED, count + ".json", utf8(details.toString()));
    }

    private static byte[] picture(int tiles, int side) {
        List<RgbImage> pictures = new ArrayList<>();
        for (int tile = 0; tile < tiles; tile++) {
            pictures.add(new RgbImage(side, side, new byte[side * side * 3]));
        }
        return Images.png(new TileGrid(side, tiles, tiles).compose(pictures));
    }

    /** An object of the strangers' own. */
    private ObjectNode stored(String bucket, String name, byte[] bytes) {
        String key = "strangers/" + name;
        pipeline.put(bucket, key, bytes);
        return Json.MAPPER.valueToTree(new ObjectRef(bucket, key, DatasetDigest.sha256(bytes)));
    }

    private static ObjectNode absent(String bucket) {
        return Json.MAPPER.valueToTree(new ObjectRef(bucket, "strangers/absent", "a".repeat(64)));
    }

    private static ObjectNode key(String key) {
        return Json.MAPPER.valueToTree(new ObjectRef(Buckets.BLOCKS, key, "a".repeat(64)));
    }

    private static void block(ObjectNode event, String field, ObjectNode ref) {
        event.set(field, ref);
    }

    private void value(String name, String topic, EventType type, Function<String, byte[]> change) {
        ProducerRecord<String, byte[]> right = record(type, topic, event -> {});
        put(
                refused,
                name,
                new ProducerRecord<>(
                        topic,
                        null,
                        right.key(),
                        change.apply(new String(right.value(), StandardCharsets.UTF_8)),
                        right.headers()));
    }

    private void key(String name, String topic, EventType type, String key) {
        ProducerRecord<String, byte[]> right = record(type, topic, event -> {});
        put(refused, name, new ProducerRecord<>(topic, null, key, right.value(), right.headers()));
    }

    private ProducerRecord<String, byte[]> refuse(
            String name, String topic, EventType type, Consumer<ObjectNode> fault) {
        return put(refused, name, record(type, topic, fault));
    }

    private ProducerRecord<String, byte[]> passOver(String name, EventType type, Consumer<ObjectNode> change) {
        String topic = TOPICS.entrySet().stream()
                .filter(entry -> entry.getValue() == type)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        return put(passedOver, name, record(type, topic, change));
    }

    private static ProducerRecord<String, byte[]> put(
            Map<String, ProducerRecord<String, byte[]>> records, String name, ProducerRecord<String, byte[]> record) {
        String full = record.topic() + ": " + name;
        record.headers().add(CASE, utf8(full));
        if (records.put(full, record) != null) {
            throw new IllegalArgumentException(full + " is there twice");
        }
        return record;
    }

    /** An example of the contract, about this run and an ordinal of its own, changed; with the headers and key that it has. */
    private ProducerRecord<String, byte[]> record(EventType type, String topic, Consumer<ObjectNode> change) {
        ObjectNode event = (ObjectNode) example(type).deepCopy();
        about(event);
        if (event.get("crops") instanceof ObjectNode crops) {
            about(crops);
        }
        ordinal++;
        String key = event.has("ordinal") ? run + "/" + event.get("ordinal") : run;
        change.accept(event);
        if (event.path("run").asText().equals("nobody-knows")) {
            key = key.replace(run, "nobody-knows");
        }
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, bytes(event));
        record.headers()
                .add("ce_specversion", utf8("1.0"))
                .add("ce_type", utf8(type.ceType()))
                .add("ce_id", utf8(type.schema() + ":" + key + "/0"))
                .add("ce_source", utf8("/strangers"))
                .add("content-type", utf8("application/json"));
        return record;
    }

    private static ObjectNode example(EventType type) {
        return Schemas.document(type.schema()).at("/examples/0") instanceof ObjectNode example ? example : NONE;
    }

    private void about(ObjectNode event) {
        event.put("run", run);
        if (event.has("ordinal")) {
            event.put("ordinal", ordinal);
        }
    }

    private static byte[] bytes(ObjectNode event) {
        try {
            return Json.MAPPER.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
