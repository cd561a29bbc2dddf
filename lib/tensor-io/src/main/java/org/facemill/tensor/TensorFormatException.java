package org.facemill.tensor;

import java.io.IOException;

/** A file is not what it should be. The message names the file, what was expected and what to do. */
public class TensorFormatException extends IOException {

    public TensorFormatException(String file, String problem) {
        super(file + ": " + problem);
    }

    public TensorFormatException(String file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
