package org.facemill.ldm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.facemill.contracts.Json;

/**
 * What a training tells of itself, kept beside its checkpoints.
 *
 * @param error of the autoencoder: mean absolute error of the pictures, 0 to 255
 * @param loss  of the denoiser
 */
record Figures(RunningMean error, RunningMean loss) {

    private static final String FILE = "figures.json";

    static Figures read(Path work) throws IOException {
        Path file = work.resolve(FILE);
        return Files.exists(file)
                ? Json.MAPPER.readValue(Files.readAllBytes(file), Figures.class)
                : new Figures(RunningMean.NONE, RunningMean.NONE);
    }

    void write(Path work) throws IOException {
        Path partial = Files.write(work.resolve(FILE + ".partial"), Json.MAPPER.writeValueAsBytes(this));
        Files.move(partial, work.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
    }

    Figures withError(double value) {
        return new Figures(error.with(value), loss);
    }

    Figures withLoss(double value) {
        return new Figures(error, loss.with(value));
    }
}
