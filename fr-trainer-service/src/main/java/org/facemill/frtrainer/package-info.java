/**
 * Trains a face recogniser on every sealed version of a dataset.
 *
 * <p>A training takes hours, so it is a job ({@link org.facemill.platform.job}): {@link org.facemill.frtrainer.SealedChannel}
 * takes them in, {@link org.facemill.frtrainer.DatasetTraining} is what happens to each. Start there. May import platform,
 * recognition, datasets and contracts.
 */
package org.facemill.frtrainer;
