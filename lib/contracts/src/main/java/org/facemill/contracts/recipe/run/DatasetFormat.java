package org.facemill.contracts.recipe.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A form in which a dataset is packed. */
public enum DatasetFormat {
    /** One folder a class, PNG files. */
    @JsonProperty("folder")
    FOLDER,
    /** InsightFace's train.rec, train.idx, property. */
    @JsonProperty("recordio")
    RECORDIO,
    /** TFace's .tfrecord and .index. */
    @JsonProperty("tfrecord")
    TFRECORD,
    /** Tar shards. */
    @JsonProperty("webdataset")
    WEBDATASET
}
