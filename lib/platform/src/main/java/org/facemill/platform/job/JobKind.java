package org.facemill.platform.job;

import org.facemill.contracts.event.Event;

/**
 * A kind of long work.
 *
 * @param name         in metrics; the jobs' names begin with it
 * @param request      the event that asks for it; its run and what tells it from others of the run name the job
 * @param requestTopic where requests come from
 * @param result       the event that says what came of it
 * @param resultTopic  where results go
 */
public record JobKind<E extends Event, R extends Event>(
        String name, Class<E> request, String requestTopic, Class<R> result, String resultTopic) {

    /** The job that a request asks for. */
    public Job job(E request) {
        return new Job(request.run(), name + "-" + request.discriminator());
    }
}
