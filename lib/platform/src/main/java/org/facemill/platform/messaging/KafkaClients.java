package org.facemill.platform.messaging;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Kafka's own clients, for what is no channel; settings {@code kafka.*} win over the ones here. */
@ApplicationScoped
class KafkaClients {

    private static final String MAX_REQUEST_BYTES = String.valueOf(16 << 20);

    private final Map<String, Object> settings;
    private final String servers;

    KafkaClients(
            @Identifier("default-kafka-broker") Map<String, Object> settings,
            @ConfigProperty(name = "kafka.bootstrap.servers") String servers) {
        this.settings = settings;
        this.servers = servers;
    }

    @Produces
    @Singleton
    Admin admin() {
        return Admin.create(settings(
                AdminClientConfig.configNames(),
                Map.of(
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "15000",
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000")));
    }

    void close(@Disposes Admin admin) {
        admin.close(Duration.ofSeconds(1));
    }

    /** A failed send is repeated by its caller, which lowers readiness, so each gives up soon. */
    Producer<String, byte[]> producer() {
        return new KafkaProducer<>(
                settings(
                        ProducerConfig.configNames(),
                        Map.of(
                                ProducerConfig.ACKS_CONFIG, "all",
                                ProducerConfig.LINGER_MS_CONFIG, "2",
                                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES,
                                ProducerConfig.MAX_BLOCK_MS_CONFIG, "10000",
                                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000",
                                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "30000",
                                ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "2000")),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** A consumer without a group. */
    Consumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                settings(
                        ConsumerConfig.configNames(),
                        Map.of(
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false",
                                ConsumerConfig.METADATA_MAX_AGE_CONFIG, "5000",
                                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000",
                                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "15000",
                                ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "2000")),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private Map<String, Object> settings(Set<String> known, Map<String, String> defaults) {
        Map<String, Object> all = new HashMap<>(defaults);
        settings.forEach((name, value) -> {
            if (known.contains(name)) {
                all.put(name, value);
            }
        });
        all.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        return all;
    }
}
