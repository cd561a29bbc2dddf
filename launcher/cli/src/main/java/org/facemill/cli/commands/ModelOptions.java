package org.facemill.cli.commands;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.facemill.cli.machine.Home;
import org.facemill.cli.output.CommandException;
import org.facemill.diffusion.model.ModelLocation;
import picocli.CommandLine.Option;

/** Which generator is meant. */
final class ModelOptions {

    @Option(
            names = "--model",
            required = true,
            paramLabel = "NAME|DIR",
            description = "Generator model: the name of a shipped one, such as demo, or a folder.")
    private String model;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "The denoiser's weights, where the model's folder holds several; within that folder or "
                    + "anywhere (default: unet.safetensors, else the average of weights, else model.ckpt).")
    private Optional<Path> checkpoint;

    @Option(
            names = "--autoencoder",
            paramLabel = "FILE|DIR",
            description = "The autoencoder, where the model's folder holds several or none.")
    private Optional<Path> autoencoder;

    String name() {
        return model;
    }

    ModelLocation location() {
        return new ModelLocation(folder(), checkpoint, autoencoder);
    }

    private Path folder() {
        if (Files.isDirectory(Path.of(model))) {
            return Path.of(model);
        }
        Path shipped = Home.current().models().resolve(model);
        if (!Files.isDirectory(shipped)) {
            throw new CommandException("--model " + model + ": neither a folder nor the name of a shipped model in "
                    + shipped.getParent());
        }
        return shipped;
    }
}
