package org.facemill.platform.messaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.facemill.contracts.Printable;
import org.jboss.logging.Logger;

/**
 * Reads a whole topic from its beginning and follows it, without a consumer group: every process that does sees every record.
 * Begins again from the beginning where it fails, so its listener must take a record more than once.
 */
public final class TopicReader {

    private static final Logger LOG = Logger.getLogger(TopicReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String topic;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final java.util.function.Consumer<ConsumerRecord<String, byte[]>> listener;
    private final Thread thread;
    private final Queue<Request> asked = new ConcurrentLinkedQueue<>();
    private final List<Request> waiting = new ArrayList<>();
    private volatile boolean stopping;
    private volatile boolean caughtUp;

    /** A wait until the reader has reached what was the topic's end when the wait began. */
    private static final class Request {
        private final CompletableFuture<Void> answer = new CompletableFuture<>();
        private Map<TopicPartition, Long> ends = Map.of();
    }

    TopicReader(
            String topic,
            Supplier<Consumer<String, byte[]>> consumers,
            java.util.function.Consumer<ConsumerRecord<String, byte[]>> listener) {
        this.topic = topic;
        this.consumers = consumers;
        this.listener = listener;
        this.thread = new Thread(this::run, "reader-" + topic);
        thread.setDaemon(true);
        asked.add(new Request());
    }

    void start() {
        thread.start();
    }

    /** Whether it has once come to the end of its topic. */
    boolean caughtUp() {
        return caughtUp;
    }

    boolean alive() {
        return thread.isAlive();
    }

    String topic() {
        return topic;
    }

    /**
     * Returns when the listener has seen all records that the topic holds now.
     *
     * @throws TimeoutException where that takes longer
     */
    public void catchUp(Duration limit) {
        Request request = new Request();
        asked.add(request);
        try {
            request.answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException("the end of " + topic + " was not read within " + limit, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + topic + " is read", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    void stop() {
        stopping = true;
    }

    private void run() {
        while (!stopping) {
            try (Consumer<String, byte[]> consumer = consumers.get()) {
                follow(consumer);
            } catch (RuntimeException e) {
                LOG.warnf("%s is read again from its beginning: %s", topic, Printable.of(e.toString()));
                pause();
            }
        }
    }

    private void follow(Consumer<String, byte[]> consumer) {
        while (!stopping) {
            assign(consumer);
            if (consumer.assignment().isEmpty()) {
                pause();
                continue;
            }
            consumer.poll(POLL).forEach(listener);
            answer(consumer);
        }
    }

    /** Takes on partitions as they are added. */
    private void assign(Consumer<String, byte[]> consumer) {
        Set<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .collect(Collectors.toSet());
        Set<TopicPartition> before = Set.copyOf(consumer.assignment());
        if (!before.containsAll(partitions)) {
            consumer.assign(partitions);
            partitions.removeAll(before);
            consumer.seekToBeginning(partitions);
        }
    }

    private void answer(Consumer<String, byte[]> consumer) {
        List<Request> fresh = new ArrayList<>();
        for (Request request = asked.poll(); request != null; request = asked.poll()) {
            fresh.add(request);
        }
        // in the list before the broker is asked, which may fail
        waiting.addAll(fresh);
        if (waiting.stream().anyMatch(request -> request.ends.isEmpty())) {
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(consumer.assignment()));
            waiting.stream().filter(request -> request.ends.isEmpty()).forEach(request -> request.ends = ends);
        }
        waiting.removeIf(request -> reached(consumer, request));
    }

    private boolean reached(Consumer<String, byte[]> consumer, Request request) {
        boolean reached =
                request.ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        if (reached) {
            caughtUp = true;
            request.answer.complete(null);
        }
        return reached;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
