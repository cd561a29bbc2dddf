package org.facemill.contracts;

/** Headers of a record in a dead-letter topic; key, value and the other headers are those of the record as it came. */
public final class DeadLetterHeaders {

    /** Why the record could not be worked on, for people. */
    public static final String REASON = "facemill_reason";
    /** Topic from which the record came. */
    public static final String TOPIC = "facemill_topic";
    /** Partition and offset of the record in that topic, as {@code partition/offset}; absent where long work was stored as a job and failed later. */
    public static final String POSITION = "facemill_position";

    private DeadLetterHeaders() {}
}
