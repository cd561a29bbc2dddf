package org.facemill.cli.machine;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * A service as {@code services.yaml} describes it, where the fields are explained; what only a cluster must know is left out.
 *
 * @param name of its module's folder and its container
 * @param heap maximum of the Java heap, as {@code -Xmx} takes it
 */
@JsonIgnoreProperties({"rest", "reads", "reads_whole", "writes"})
record ServiceDescriptor(
        String name,
        String stage,
        Product makes,
        Optional<String> sampler,
        int port,
        Share threads,
        String heap,
        boolean firstCompilerOnly) {

    enum Product {
        @JsonProperty("datasets")
        DATASETS,
        @JsonProperty("generators")
        GENERATORS
    }

    enum Share {
        @JsonProperty("all")
        ALL,
        @JsonProperty("quarter")
        QUARTER;

        /** Threads of a service on a machine with so many. */
        int of(int threads) {
            return this == ALL ? threads : Math.max(1, threads / 4);
        }
    }

    /** Whether a run whose images come from this sampler needs the service. */
    boolean isNeededBy(String runsSampler) {
        return makes == Product.DATASETS && sampler.orElse(runsSampler).equals(runsSampler);
    }
}
