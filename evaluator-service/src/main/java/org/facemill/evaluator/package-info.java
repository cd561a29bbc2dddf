/**
 * Judges what a run makes: encodes crops, keeps figures of all identities encoded so far, judges each sealed dataset on
 * exactly its identities, and verifies each trained recogniser on identities that it has not seen and on benchmarks.
 *
 * <p>Start at {@link org.facemill.evaluator.CropEncoding}, {@link org.facemill.evaluator.LiveEvaluation},
 * {@link org.facemill.evaluator.DatasetEvaluation} and {@link org.facemill.evaluator.RecogniserEvaluation}, the four
 * things done; the channels beside them only bring the events. May import platform, recognition, evaluation, datasets,
 * tensor-io, images and contracts.
 */
package org.facemill.evaluator;
