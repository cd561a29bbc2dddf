package org.facemill.contexts;

import java.io.IOException;
import java.util.Map;

/** Contexts that are stored, and so limited in number. */
public non-sealed interface StoredSource extends ContextSource {

    /**
     * Name and vector of each, in the order of their ordinals; none is zero.
     *
     * @param files opens what the parameters name
     * @throws IOException where they are not there or not usable; its message names the file and what is expected of it
     */
    Map<String, float[]> read(ContextFiles files) throws IOException;
}
