package org.facemill.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.facemill.tensor.DType;

final class Export implements Section {
    private static final Path FOLDER = Path.of("target", "export");

    @Override
    public String name() {
        return "export";
    }

    @Override
    public String description() {
        return "writes the published networks with a case each, for lib/torch/src/main/scripts/check_export.py; measures nothing";
    }

    @Override
    public void run(int calls, Consumer<String> out) throws IOException {
        try (Published unet = Published.portableUnet(DType.F32);
                Published decoder = Published.decoder(DType.F32)) {
            unet.export(FOLDER.resolve("unet"), 16);
            decoder.export(FOLDER.resolve("decoder"), 4);
        }
        TrainingSteps.export(FOLDER.resolve("small-unet"));
        out.accept(FOLDER.resolve("unet").toAbsolutePath().toString());
        out.accept(FOLDER.resolve("decoder").toAbsolutePath().toString());
        out.accept(FOLDER.resolve("small-unet").toAbsolutePath().toString());
    }
}
