/**
 * Trains generators.
 *
 * <p>A training takes hours, so it is a job ({@link org.facemill.platform.job}): {@link org.facemill.ldmtrainer.JobChannel}
 * takes them in, {@link org.facemill.ldmtrainer.GeneratorTraining} is what happens to each. Start there.
 * {@link org.facemill.ldmtrainer.TrainingResource} is for those who would rather speak HTTP. May import platform, ldm and
 * contracts.
 */
package org.facemill.ldmtrainer;
