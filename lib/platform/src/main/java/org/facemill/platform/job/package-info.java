/**
 * Work of hours, which is no record held open. The event that asks for it is stored as a {@link org.facemill.platform.job.Job}
 * and acknowledged; a {@link org.facemill.platform.job.JobLoop} takes jobs whose {@link org.facemill.platform.job.JobLease} is
 * free, one after the other, and goes on from their {@link org.facemill.platform.job.JobCheckpoint}; what comes of a job is an
 * event again.
 *
 * <p>A service says what its {@link org.facemill.platform.job.JobKind} is, implements {@link org.facemill.platform.job.JobWork},
 * gets its loop from {@link org.facemill.platform.job.Jobs}, starts it when the service starts, and hands it to
 * {@link org.facemill.platform.messaging.Stage} as the work of the channel.
 */
package org.facemill.platform.job;
