package org.facemill.platform;

/** Is told that long work goes on. */
@FunctionalInterface
public interface Progress {

    /**
     * To be called between steps, at least every few minutes: else the service counts as stuck.
     *
     * @throws RunOverException where the run was cancelled or ended meanwhile; let it pass, the work is dropped
     */
    void step();
}
