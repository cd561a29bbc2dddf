package org.facemill.cli.commands;

import java.nio.file.Path;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import picocli.CommandLine.Option;

/** How pictures are read that may come from a camera. */
final class PictureOptions {

    @Option(
            names = "--as-stored",
            description = "Read pictures as PIL does: not turned as their EXIF orientation says, colours not as their"
                    + " profile says (default: both, as people see them).")
    private boolean asStored;

    /** Whether pictures were read as PIL does, for the results to say. */
    boolean asStored() {
        return asStored;
    }

    /** Decodes a file; see {@link Images#decode(Path, Limits)}. */
    RgbImage decode(Path file) {
        return asStored ? Images.decodeAsStored(file, Limits.DEFAULT) : Images.decode(file, Limits.DEFAULT);
    }
}
