package org.facemill.platform.messaging;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Down where a client of the broker is dead though the broker answers: a channel does not poll, a topic is read no more, or
 * no producer can be brought to send. Only another start helps.
 */
@Liveness
@ApplicationScoped
class MessagingLiveness implements AsyncHealthCheck {

    private static final String NAME = "messaging";

    /** A channel polls at least every second; long silence while the broker answers is one of its death. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(20);

    /** After an outage a channel needs a moment to find the broker again. */
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final KafkaClientService channels;
    private final TopicReaders readers;
    private final RecordSender sender;
    private final BrokerProbe broker;
    private final Map<String, Long> silentSince = new ConcurrentHashMap<>();

    MessagingLiveness(KafkaClientService channels, TopicReaders readers, RecordSender sender, BrokerProbe broker) {
        this.channels = channels;
        this.readers = readers;
        this.sender = sender;
        this.broker = broker;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        List<String> dead = new ArrayList<>(readers.all().stream()
                .filter(reader -> !reader.alive())
                .map(TopicReader::topic)
                .toList());
        sender.dead()
                .filter(since -> since.compareTo(Duration.ofMinutes(1)) > 0)
                .ifPresent(since -> dead.add("producer"));
        if (!dead.isEmpty()) {
            return Uni.createFrom().item(down(dead));
        }
        List<String> silent =
                channels.getConsumerChannels().stream().filter(this::silent).toList();
        silentSince.keySet().retainAll(silent);
        if (silent.isEmpty()) {
            return Uni.createFrom().item(HealthCheckResponse.up(NAME));
        }
        return broker.ask().map(answer -> judge(silent, answer.getStatus() == HealthCheckResponse.Status.UP));
    }

    private boolean silent(String channel) {
        double seconds =
                ChannelMetrics.of(channels, channel, "last-poll-seconds-ago").orElse(-1);
        return seconds < 0 || seconds > LONGEST_SILENCE.toSeconds();
    }

    private HealthCheckResponse judge(List<String> silent, boolean brokerAnswers) {
        if (!brokerAnswers) {
            silentSince.clear();
            return HealthCheckResponse.up(NAME);
        }
        long now = System.nanoTime();
        List<String> dead = silent.stream()
                .filter(channel -> now - silentSince.computeIfAbsent(channel, c -> now) > GRACE.toNanos())
                .toList();
        return dead.isEmpty() ? HealthCheckResponse.up(NAME) : down(dead);
    }

    private static HealthCheckResponse down(List<String> dead) {
        return HealthCheckResponse.named(NAME)
                .down()
                .withData("dead", String.join(", ", dead))
                .build();
    }
}
