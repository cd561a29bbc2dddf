/**
 * The whole pipeline: every service a process of its own, on a real broker and a real store.
 *
 * <p>Start reading at {@link org.facemill.it.PipelineTest}. {@link org.facemill.it.Pipeline} starts the system once for all
 * tests; {@link org.facemill.it.Infrastructure} is the switch between embedded broker and store and containers. These
 * tests know the system as its users do: REST, topics, buckets.
 */
package org.facemill.it;
