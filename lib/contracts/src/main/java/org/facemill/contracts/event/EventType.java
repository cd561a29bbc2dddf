package org.facemill.contracts.event;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of event, their CloudEvents types and their schemas. */
public enum EventType {
    RUN("run.v1", RunEvent.class),
    IDENTITY_CONTEXT("identity-context.v1", IdentityContext.class),
    RAW_BLOCK("raw-block.v1", RawBlock.class),
    ALIGNED_BLOCK("aligned-block.v1", AlignedBlock.class),
    CROPS("crops.v1", Crops.class),
    IDENTITY_OUTCOME("identity-outcome.v1", IdentityOutcome.class),
    IDENTITY_EMBEDDINGS("identity-embeddings.v1", IdentityEmbeddings.class),
    DATASET_REQUEST("dataset-request.v1", DatasetRequest.class),
    DATASET_SEALED("dataset-sealed.v1", DatasetSealed.class),
    FR_PROGRESS("fr-progress.v1", FrProgress.class),
    FR_MODEL("fr-model.v1", FrModel.class),
    EVALUATION("evaluation.v1", Evaluation.class),
    LDM_JOB("ldm-job.v1", LdmJob.class),
    LDM_PROGRESS("ldm-progress.v1", LdmProgress.class),
    LDM_MODEL("ldm-model.v1", LdmModel.class);

    private final String schema;
    private final Class<? extends Event> event;

    EventType(String schema, Class<? extends Event> event) {
        this.schema = schema;
        this.event = event;
    }

    /** Name of the JSON Schema, such as {@code raw-block.v1}. */
    public String schema() {
        return schema;
    }

    /** The CloudEvents type, such as {@code facemill.raw-block.v1}. */
    public String ceType() {
        return "facemill." + schema;
    }

    /** The record that holds events of this kind. */
    public Class<? extends Event> event() {
        return event;
    }

    /** The kind of an event. */
    public static EventType of(Class<? extends Event> event) {
        return Arrays.stream(values())
                .filter(t -> t.event == event)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(event + " is no kind of event"));
    }

    /** The kind with this CloudEvents type. */
    public static Optional<EventType> of(String ceType) {
        return Arrays.stream(values()).filter(t -> t.ceType().equals(ceType)).findFirst();
    }
}
