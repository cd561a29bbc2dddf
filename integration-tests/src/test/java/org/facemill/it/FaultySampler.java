package org.facemill.it;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.DatasetDigest;
import org.facemill.contracts.DeadLetterHeaders;
import org.facemill.contracts.Grid;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.EventCodec;
import org.facemill.contracts.event.IdentityContext;
import org.facemill.contracts.event.Implementation;
import org.facemill.contracts.event.Origin;
import org.facemill.contracts.event.RawBlock;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.images.TileGrid;
import org.facemill.painter.FacePainter;

/**
 * The sampler named {@code faulty}: paints, but for identity 0 sends no JSON, for identity 1 a block that is no PNG, and
 * for identity 2 first a record without a key.
 */
final class FaultySampler implements AutoCloseable {

    private static final String NAME = "faulty";
    private static final Duration POLL = Duration.ofMillis(200);

    private final Pipeline pipeline;
    private final KafkaProducer<String, byte[]> producer;
    private final Thread worker = new Thread(this::work, NAME);
    private volatile boolean closed;

    FaultySampler(Pipeline pipeline) throws Exception {
        this.pipeline = pipeline;
        try (Admin admin = Admin.create(client())) {
            NewTopic topic = new NewTopic(Topics.identityContexts(NAME), 1, (short) 1);
            admin.createTopics(List.of(topic)).all().get(2, TimeUnit.MINUTES);
        }
        producer = new KafkaProducer<>(client(), new StringSerializer(), new ByteArraySerializer());
        worker.start();
    }

    /** The reasons of the aligner's dead letters, once there are so many. */
    List<String> deadLettersOfAligner(int count) {
        List<String> reasons = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = consumer("letters")) {
            consumer.subscribe(List.of(Topics.deadLetters("aligner")));
            long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
            while (reasons.size() < count && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, byte[]> letter : consumer.poll(POLL)) {
                    reasons.add(new String(
                            letter.headers()
                                    .lastHeader(DeadLetterHeaders.REASON)
                                    .value(),
                            StandardCharsets.UTF_8));
                }
            }
        }
        return reasons;
    }

    /** CloudEvents ids of the blocks of one identity that the aligner is given, once there are so many. */
    List<String> idsOfBlocks(String key, int count) {
        List<String> ids = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = consumer("blocks")) {
            consumer.subscribe(List.of(Topics.rawBlocks("mtcnn")));
            long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
            while (ids.size() < count && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, byte[]> block : consumer.poll(POLL)) {
                    if (key.equals(block.key())) {
                        ids.add(new String(
                                block.headers().lastHeader(EventCodec.ID).value(), StandardCharsets.UTF_8));
                    }
                }
            }
        }
        return ids;
    }

    private void work() {
        try (KafkaConsumer<String, byte[]> consumer = consumer(NAME)) {
            consumer.subscribe(List.of(Topics.identityContexts(NAME)));
            while (!closed) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    String type = new String(
                            record.headers().lastHeader(EventCodec.TYPE).value(), StandardCharsets.UTF_8);
                    sample(EventCodec.decode(IdentityContext.class, type, record.value()));
                }
            }
        }
    }

    private void sample(IdentityContext context) {
        RawBlock block = block(
                context, context.ordinal() == 1 ? "no picture".getBytes(StandardCharsets.US_ASCII) : paint(context));
        if (context.ordinal() == 0) {
            send(context.nextTopic(), block, block.key(), "{\"run\": ".getBytes(StandardCharsets.US_ASCII));
            return;
        }
        if (context.ordinal() == 2) {
            send(context.nextTopic(), block, null, EventCodec.encode(block));
        }
        send(context.nextTopic(), block, block.key(), EventCodec.encode(block));
    }

    private void send(String topic, RawBlock block, String key, byte[] value) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
        EventCodec.headers(block, NAME)
                .forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        producer.send(record);
        producer.flush();
    }

    private RawBlock block(IdentityContext context, byte[] png) {
        String key = Buckets.block(context.run(), context.ordinal());
        pipeline.put(Buckets.BLOCKS, key, png);
        return new RawBlock(
                context.run(),
                context.ordinal(),
                context.attempt(),
                new ObjectRef(Buckets.BLOCKS, key, DatasetDigest.sha256(png)),
                new Grid(FacePainter.TILE, 2, count(context)),
                context.images(),
                context.alignment(),
                Origin.of(new Implementation(NAME, "0.2.0", "")),
                context.encoder(),
                context.topicAfterNext(),
                context.topicsAfterThat());
    }

    private static byte[] paint(IdentityContext context) {
        FacePainter painter = new FacePainter();
        List<RgbImage> tiles = new ArrayList<>();
        for (int image = 0; image < count(context); image++) {
            tiles.add(painter.paint(context.context(), context.seed(), context.ordinal(), image)
                    .image());
        }
        return Images.png(new TileGrid(FacePainter.TILE, 2, tiles.size()).compose(tiles));
    }

    private static int count(IdentityContext context) {
        return context.images() + context.sampling().spare();
    }

    private KafkaConsumer<String, byte[]> consumer(String group) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                pipeline.endpoints().kafka(),
                "group.id",
                "test-" + group,
                "auto.offset.reset",
                "earliest");
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private Map<String, Object> client() {
        return Map.of("bootstrap.servers", pipeline.endpoints().kafka());
    }

    @Override
    public void close() {
        closed = true;
        try {
            worker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
    }
}
