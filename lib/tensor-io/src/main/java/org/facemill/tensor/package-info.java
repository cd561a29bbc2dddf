/**
 * Checkpoints and arrays as PyTorch, safetensors and numpy write them, read without Python and without running
 * anything that a file says. Imports no other module of Facemill and no tensor engine.
 *
 * <p>Start with {@link org.facemill.tensor.TensorFile}, which opens any of the formats; {@link org.facemill.tensor.Tensor}
 * is what it yields.
 */
package org.facemill.tensor;
