package org.facemill.platform.messaging;

import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import java.util.OptionalDouble;

/** Metrics of a channel's consumer; readable from any thread. */
final class ChannelMetrics {

    private ChannelMetrics() {}

    /** A consumer's metric by its name in Kafka's documentation; empty where the channel has no consumer yet. */
    static OptionalDouble of(KafkaClientService channels, String channel, String metric) {
        var consumer = channels.getConsumer(channel).unwrap();
        return consumer == null
                ? OptionalDouble.empty()
                : consumer.metrics().entrySet().stream()
                        .filter(entry -> entry.getKey().name().equals(metric))
                        .filter(entry -> entry.getValue().metricValue() instanceof Double)
                        .mapToDouble(entry -> (Double) entry.getValue().metricValue())
                        .findFirst();
    }
}
