package org.facemill.contexts;

import java.io.IOException;
import java.nio.file.Path;

/** The files that a recipe or a command names: objects of a bucket, or paths. */
@FunctionalInterface
public interface ContextFiles {

    /** The file of a name, where it can be read. */
    Path local(String name) throws IOException;
}
