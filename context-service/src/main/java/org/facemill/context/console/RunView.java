package org.facemill.context.console;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.facemill.context.ledger.RunStatus;

/** A run in a list of runs. */
@Schema(description = "A run, and what a list of runs shows of it")
record RunView(
        @JsonUnwrapped RunStatus status,

        @Schema(description = "images of each identity (M)") int images,

        @Schema(description = "the sampler that its recipe names")
        String sampler,

        @Schema(description = "its equal error rate, 0 to 1, as last reported; absent until then")
        Optional<Double> eer,

        @Schema(description = "some complete identities, to be shown")
        List<Long> pictured,

        @Schema(description = "who works on its stages; none of a run that is over, or where the broker does not tell")
        List<StageLoads.Load> loads) {}
