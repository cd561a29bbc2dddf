/**
 * Raw blocks to aligned blocks: finds the face in each image and brings it into the pose that recognisers expect.
 *
 * <p>Start at {@link org.facemill.aligner.BlockAlignment}, the work; {@link org.facemill.aligner.BlockChannel} is its
 * channel. May import platform, detection, images and contracts.
 */
package org.facemill.aligner;
