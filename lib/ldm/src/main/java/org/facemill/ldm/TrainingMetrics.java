package org.facemill.ldm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.facemill.contracts.Json;
import org.facemill.tensor.WholeFiles;

/**
 * A training's running metrics, kept beside its checkpoints.
 *
 * @param error of the autoencoder: mean absolute error of the pictures, 0 to 255
 * @param loss  of the denoiser
 */
record TrainingMetrics(RunningMean error, RunningMean loss) {

    private static final String FILE = "metrics.json";

    static TrainingMetrics read(Path work) throws IOException {
        Path file = work.resolve(FILE);
        return Files.exists(file)
                ? Json.MAPPER.readValue(Files.readAllBytes(file), TrainingMetrics.class)
                : new TrainingMetrics(RunningMean.NONE, RunningMean.NONE);
    }

    void write(Path work) throws IOException {
        WholeFiles.write(work.resolve(FILE), Json.MAPPER.writeValueAsBytes(this));
    }

    TrainingMetrics withError(double value) {
        return new TrainingMetrics(error.with(value), loss);
    }

    TrainingMetrics withLoss(double value) {
        return new TrainingMetrics(error, loss.with(value));
    }
}
