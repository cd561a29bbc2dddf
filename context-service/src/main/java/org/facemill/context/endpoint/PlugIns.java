package org.facemill.context.endpoint;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ServiceUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Which samplers and aligners are plugged in: each is known by the topic that it reads, which it creates when it first starts. */
@ApplicationScoped
class PlugIns {

    private final Admin admin;

    PlugIns(Admin admin) {
        this.admin = admin;
    }

    /**
     * What is wrong with naming a plug-in; empty where it is there.
     *
     * @param kind sampler or aligner
     * @param prefix of the topics that plug-ins of this kind read
     */
    Optional<String> absence(String kind, String prefix, String name) {
        if (exists(prefix + name)) {
            return Optional.empty();
        }
        return Optional.of("no " + kind + " named " + name + " is plugged in; known are " + names(prefix)
                + "; start one that reads " + prefix + name);
    }

    /** The names of those that read topics of a prefix. */
    List<String> names(String prefix) {
        return topics().stream()
                .filter(topic -> topic.startsWith(prefix))
                .map(topic -> topic.substring(prefix.length()))
                .sorted()
                .toList();
    }

    /**
     * Whether there is a topic. Brokers learn of a new one some time after its creation was acknowledged, on a busy machine
     * seconds; so in the end the controller is asked, by a request to create it that is only validated.
     */
    private boolean exists(String topic) {
        NewTopic wish = new NewTopic(topic, Optional.empty(), Optional.empty());
        return !fails(admin.describeTopics(List.of(topic)).allTopicNames(), UnknownTopicOrPartitionException.class)
                || fails(
                        admin.createTopics(List.of(wish), new CreateTopicsOptions().validateOnly(true))
                                .all(),
                        TopicExistsException.class);
    }

    private static boolean fails(KafkaFuture<?> answer, Class<? extends ApiException> how) {
        try {
            answer.get();
            return false;
        } catch (ExecutionException e) {
            if (how.isInstance(e.getCause())) {
                return true;
            }
            throw silent(e);
        } catch (InterruptedException e) {
            throw silent(e);
        }
    }

    private List<String> topics() {
        try {
            return List.copyOf(admin.listTopics().names().get());
        } catch (InterruptedException | ExecutionException e) {
            throw silent(e);
        }
    }

    private static ServiceUnavailableException silent(Exception e) {
        return new ServiceUnavailableException("the broker does not say which topics there are: " + e.getMessage());
    }
}
