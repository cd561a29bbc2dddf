/**
 * Face recognisers: the reference recogniser and trained ones as {@link org.facemill.recognition.Encoder encoders}, the
 * networks ({@code backbone}), the margin losses they are trained with ({@code head}), and the training itself
 * ({@code training}).
 *
 * <p>May import lib/torch, lib/tensor-io and lib/images; training also reads lib/datasets and judges by lib/evaluation, which
 * know nothing of it. It does not find faces: aligned ones come in.
 *
 * <p>A training runs on one device, {@code facemill.device}: a step is one script, and DJL has no collective operations that
 * would add up gradients of several GPUs. Several GPUs of one machine train several recognisers, a process each.
 *
 * <p>Start reading at {@link org.facemill.recognition.Encoder} and {@link org.facemill.recognition.Encoders}.
 */
package org.facemill.recognition;
