/**
 * Trains a face recogniser on every sealed version of a dataset.
 *
 * <p>A training takes hours, so it is no record held open: {@link org.facemill.frtrainer.SealedChannel} stores it as a
 * {@link org.facemill.frtrainer.TrainingJob} and acknowledges; {@link org.facemill.frtrainer.JobLoop} takes jobs whose
 * {@link org.facemill.frtrainer.JobLease} is free, and {@link org.facemill.frtrainer.DatasetTraining} is what happens to
 * each. Start there. May import platform, recognition, datasets and contracts.
 */
package org.facemill.frtrainer;
