package org.facemill.recognition.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.facemill.contracts.Json;
import org.facemill.contracts.recipe.recogniser.RecogniserTraining;
import org.facemill.tensor.WholeFiles;

/**
 * Where a training stands, beside the file that holds its tensors. Written last and moved into place, so that whatever is
 * cut off, the folder's checkpoint is whole.
 *
 * @param step       steps done
 * @param accuracies mean benchmark accuracy after each epoch done
 * @param images     of the dataset, to tell a resume with another one
 * @param recipe     of the training, to tell a resume with another one
 * @param tensors    name of the file with parameters and optimizer state
 */
record Checkpoint(long step, List<Double> accuracies, int images, RecogniserTraining recipe, String tensors) {

    static final String FILE = "checkpoint.json";

    /** The checkpoint in a folder, if there is one. */
    static Optional<Checkpoint> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        return Files.exists(file)
                ? Optional.of(Json.MAPPER.readValue(file.toFile(), Checkpoint.class))
                : Optional.empty();
    }

    /** Makes this the folder's checkpoint and deletes the tensors of earlier ones. */
    void write(Path folder) throws IOException {
        WholeFiles.write(
                folder.resolve(FILE),
                Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(this::outdated).toList()) {
                Files.delete(file);
            }
        }
    }

    private boolean outdated(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("step-") && !name.equals(tensors);
    }

    static String tensorsAt(long step) {
        return "step-" + step + ".safetensors";
    }
}
