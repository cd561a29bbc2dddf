package org.facemill.it;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
import org.facemill.contracts.Grid;
import org.facemill.contracts.Json;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.event.EventCodec;
import org.facemill.contracts.event.IdentityContext;
import org.facemill.contracts.event.Implementation;
import org.facemill.contracts.event.Origin;
import org.facemill.contracts.event.RawBlock;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;

/**
 * The sampler named {@code careless}: makes M images where M + spare are wanted, other ones each time; looks neither at headers
 * nor keys nor runs; what it cannot read it forgets.
 */
final class CarelessSampler implements AutoCloseable {

    static final String NAME = "careless";

    private static final int TILE = 32;
    private static final Duration POLL = Duration.ofMillis(100);

    private final Pipeline pipeline;
    private final Random random = new Random(1);
    private final Thread worker = new Thread(this::work, NAME);
    private volatile boolean closed;

    CarelessSampler(Pipeline pipeline) throws Exception {
        this.pipeline = pipeline;
        try (Admin admin = Admin.create(client())) {
            NewTopic topic = new NewTopic("facemill.identity-contexts." + NAME, 1, (short) 1);
            admin.createTopics(List.of(topic)).all().get(2, TimeUnit.MINUTES);
        }
        worker.start();
    }

    private Map<String, Object> client() {
        return Map.of("bootstrap.servers", pipeline.endpoints().kafka());
    }

    private void work() {
        Map<String, Object> reading = Map.of(
                "bootstrap.servers",
                pipeline.endpoints().kafka(),
                "group.id",
                NAME,
                "auto.offset.reset",
                "earliest",
                "auto.commit.interval.ms",
                "500");
        try (KafkaConsumer<String, byte[]> consumer =
                        new KafkaConsumer<>(reading, new StringDeserializer(), new ByteArrayDeserializer());
                KafkaProducer<String, byte[]> producer =
                        new KafkaProducer<>(client(), new StringSerializer(), new ByteArraySerializer())) {
            consumer.subscribe(List.of("facemill.identity-contexts." + NAME));
            while (!closed) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    sample(record, producer);
                }
            }
        }
    }

    private void sample(ConsumerRecord<String, byte[]> record, KafkaProducer<String, byte[]> producer) {
        IdentityContext context;
        try {
            context = Json.MAPPER.readValue(record.value(), IdentityContext.class);
            if (context.nextTopic().endsWith("nowhere")) {
                return;
            }
        } catch (Exception e) {
            return;
        }
        int images = context.images();
        byte[] pixels = new byte[TILE * images * TILE * 3];
        random.nextBytes(pixels);
        byte[] png = Images.png(new RgbImage(TILE * images, TILE, pixels));
        String key = Buckets.block(context.run(), context.ordinal());
        RawBlock block = RawBlock.of(
                context,
                new ObjectRef(Buckets.BLOCKS, key, DatasetDigest.sha256(png)),
                new Grid(TILE, images, images),
                Origin.of(new Implementation(NAME, "1", "")));
        pipeline.put(Buckets.BLOCKS, key, png);
        pipeline.put(Buckets.BLOCKS, Buckets.blockDetails(context.run(), context.ordinal()), "{}".getBytes());
        ProducerRecord<String, byte[]> result =
                new ProducerRecord<>(context.nextTopic(), block.key(), EventCodec.encode(block));
        EventCodec.headers(block, NAME)
                .forEach((name, value) -> result.headers().add(name, value.getBytes()));
        producer.send(result);
        producer.flush();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        worker.join();
    }
}
