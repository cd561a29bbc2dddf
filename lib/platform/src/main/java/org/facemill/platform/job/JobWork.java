package org.facemill.platform.job;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.facemill.contracts.event.Event;

/** The one thing that a service does with jobs of a kind: plain Java that a test makes with {@code new}. */
@FunctionalInterface
public interface JobWork<E extends Event, R extends Event> {

    /**
     * Works to the end, or until it has to stop; then all that was done is in the checkpoint's store. What it throws is
     * final.
     *
     * @param checkpoint what earlier owners of the job left, brought to this machine; to be uploaded now and then
     * @param mayContinue       asked between steps, at least every few minutes: else the service counts as stuck
     * @return what is to be announced, all that it refers to being stored; empty where it had to stop
     */
    Optional<R> apply(E request, JobCheckpoint checkpoint, BooleanSupplier mayContinue) throws Exception;
}
