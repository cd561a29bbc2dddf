package org.facemill.cli.runs;

import java.time.Instant;
import java.util.Map;

/**
 * A record that a stage could not work on.
 *
 * @param id      where it lies: {@code stage/partition/offset}
 * @param topic   that it came from; empty where the stage did not say
 * @param key     empty where it has none
 * @param when    it was put away
 * @param headers as text, those of the record as it came and those that say why it was put away
 */
public record DeadLetterRecord(
        String id,
        String stage,
        String topic,
        String key,
        Instant when,
        String reason,
        Map<String, String> headers,
        byte[] value) {

    /** Whether it is about a run or one of its identities. */
    boolean isOf(String run) {
        return key.equals(run) || key.startsWith(run + "/");
    }
}
