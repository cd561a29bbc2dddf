/**
 * A sampler that paints faces instead of sampling a network: the second implementation behind
 * {@code identity-contexts.<sampler>}, and the example for authors of plug-ins.
 *
 * <p>Start at {@link org.facemill.paintersampler.BlockPainting}, the work; {@link org.facemill.paintersampler.ContextChannel}
 * is its channel. May import platform, painter, images and contracts.
 */
package org.facemill.paintersampler;
