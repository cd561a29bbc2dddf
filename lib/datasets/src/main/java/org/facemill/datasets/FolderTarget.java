package org.facemill.datasets;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.facemill.tensor.FileErrors;

/** Files in a local folder. A file called {@value #UNFINISHED} lies beside those of a form until all are complete. */
record FolderTarget(Path root) implements DatasetTarget {

    static final String UNFINISHED = "UNFINISHED";

    @Override
    public OutputStream create(String path) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return FileErrors.open(file);
    }

    @Override
    public void begin(String folder) throws IOException {
        Path mark = root.resolve(folder).resolve(UNFINISHED);
        Files.createDirectories(mark.getParent());
        Files.writeString(mark, "The dataset in this folder is being packed, or was not packed to the end.\n");
    }

    @Override
    public void finish(String folder) throws IOException {
        Files.delete(root.resolve(folder).resolve(UNFINISHED));
    }
}
