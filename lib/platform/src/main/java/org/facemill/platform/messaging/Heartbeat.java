package org.facemill.platform.messaging;

/** Heartbeat of long-running work. */
@FunctionalInterface
public interface Heartbeat {

    /**
     * To be called between steps, at least every few minutes: otherwise the service counts as stuck.
     *
     * @throws RunEndedException if the run has failed or was cancelled meanwhile; let it through, the work is dropped
     */
    void beat();
}
