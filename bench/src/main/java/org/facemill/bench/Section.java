package org.facemill.bench;

import java.util.function.Consumer;

/** A group of measurements that belong together. */
public interface Section {

    /** Its name on the command line. */
    String name();

    /** What is measured, in one line. */
    String description();

    /**
     * Measures, giving one line per figure.
     *
     * @param calls timed calls per figure
     */
    void run(int calls, Consumer<String> out) throws Exception;
}
