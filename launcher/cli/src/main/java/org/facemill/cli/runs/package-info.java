/**
 * The client side of a running system: {@link org.facemill.cli.runs.RunClient} speaks context-service's REST interface,
 * {@link org.facemill.cli.runs.RunFollower} displays a run's progress, {@link org.facemill.cli.runs.BucketTransfer} copies
 * models in and results out.
 */
package org.facemill.cli.runs;
