package org.facemill.cli.conformance;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is checked, and the sentence of the contract that asks for it: its guarantees and duties are numbered. */
public enum Check {
    @JsonProperty("one_group")
    ONE_GROUP("duty 1", "its topic is read by one consumer group"),
    @JsonProperty("answers")
    ANSWERS("duty 2", "valid events are answered where they say, by their key"),
    @JsonProperty("envelope")
    ENVELOPE("duty 2", "results are CloudEvents 1.0 with all headers, and keep their schema"),
    @JsonProperty("handed_on")
    HANDED_ON("duty 2", "run, ordinal, attempt and what is for later stages come as they went"),
    @JsonProperty("extensions")
    EXTENSIONS("duty 2", "traceparent and extensions of CloudEvents are handed on"),
    @JsonProperty("unknown_fields")
    UNKNOWN_FIELDS("guarantee 8", "fields that it does not know are passed over"),
    @JsonProperty("stored")
    STORED("guarantee 4", "what a result refers to is stored, whole, before it is announced"),
    @JsonProperty("keys")
    KEYS("guarantee 6", "objects lie where the contract says"),
    @JsonProperty("content")
    CONTENT("duty 2", "results hold what was asked for, no more and no less"),
    @JsonProperty("repeated")
    REPEATED("guarantee 2", "an event that comes again is answered again, alike"),
    @JsonProperty("found")
    FOUND("guarantee 6", "a result that is there is announced, not made again"),
    @JsonProperty("determined")
    DETERMINED("duty 3", "the same work gives the same in another run"),
    @JsonProperty("dropped")
    DROPPED("duty 6", "work of a run that is failed or cancelled is dropped"),
    @JsonProperty("refused")
    REFUSED("duty 4", "what it cannot work on becomes one dead letter, as it came, with the reason"),
    @JsonProperty("failed")
    FAILED("duty 4", "the identity of such an event has failed, and no other"),
    @JsonProperty("goes_on")
    GOES_ON("duty 4", "it goes on after records that nobody can work on"),
    @JsonProperty("acknowledged")
    ACKNOWLEDGED("duty 4", "what is done or refused is acknowledged"),
    @JsonProperty("killed")
    KILLED("guarantee 5", "killed in the midst of work and started again, it loses nothing");

    private final String sentence;
    private final String description;

    Check(String sentence, String description) {
        this.sentence = sentence;
        this.description = description;
    }

    /** The sentence of the contract, such as {@code duty 4}. */
    public String sentence() {
        return sentence;
    }

    /** What holds where nothing is found. */
    public String description() {
        return description;
    }
}
