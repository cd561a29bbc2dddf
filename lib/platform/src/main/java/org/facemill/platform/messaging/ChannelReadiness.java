package org.facemill.platform.messaging;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.facemill.platform.health.ReadinessProbe;

/** Up where every channel has its share of the partitions, and every topic that is read whole has been read once. */
@Readiness
@ApplicationScoped
class ChannelReadiness implements AsyncHealthCheck {

    private static final String NAME = "channels";

    private final KafkaClientService channels;
    private final TopicReaders readers;
    private final Admin admin;
    private final ReadinessProbe probe;

    ChannelReadiness(KafkaClientService channels, TopicReaders readers, Admin admin, ReadinessProbe probe) {
        this.channels = channels;
        this.readers = readers;
        this.admin = admin;
        this.probe = probe;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return probe.ask(NAME, () -> {
            for (TopicReader reader : readers.all()) {
                require(reader.caughtUp(), reader.topic() + " is not read to its end yet");
            }
            for (String channel : channels.getConsumerChannels()) {
                require(assigned(channel), channel + " has no partitions yet");
            }
            return true;
        });
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }

    private boolean assigned(String channel) throws ExecutionException, InterruptedException, TimeoutException {
        return ChannelMetrics.of(channels, channel, "assigned-partitions").orElse(0) > 0 || spare(channel);
    }

    /** Whether a channel's group has more members than partitions: none is left for some of them. */
    private boolean spare(String channel) throws ExecutionException, InterruptedException, TimeoutException {
        String group =
                String.valueOf(channels.getConsumer(channel).configuration().get("group.id"));
        ConsumerGroupDescription description = admin.describeConsumerGroups(Set.of(group))
                .describedGroups()
                .get(group)
                .get(ReadinessProbe.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        int partitions = description.members().stream()
                .mapToInt(member -> member.assignment().topicPartitions().size())
                .sum();
        return description.groupState() == GroupState.STABLE
                && partitions > 0
                && description.members().size() > partitions;
    }
}
