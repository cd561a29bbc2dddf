package org.facemill.platform.messaging;

import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** What a failure of Kafka's clients means. */
final class KafkaFailures {

    private static final Set<Class<? extends KafkaException>> OF_THE_RECORD = Set.of(
            RecordTooLargeException.class,
            RecordBatchTooLargeException.class,
            InvalidRecordException.class,
            InvalidTopicException.class,
            InvalidTimestampException.class,
            PolicyViolationException.class,
            SerializationException.class,
            TopicAuthorizationException.class);

    private KafkaFailures() {}

    /** Whether a failure passes: no connection, a time-out, not the leader. */
    static boolean passes(Throwable failure) {
        return failure instanceof RetriableException;
    }

    /** Whether a send failed by what was sent, and would again. */
    static boolean ofTheRecord(KafkaException failure) {
        return OF_THE_RECORD.contains(failure.getClass());
    }

    /** What failed, to be thrown in place of its wrapper. */
    static RuntimeException of(String request, ExecutionException failure) {
        return failure.getCause() instanceof KafkaException cause
                ? cause
                : new IllegalStateException("broker: " + request + ": " + failure.getCause(), failure.getCause());
    }
}
