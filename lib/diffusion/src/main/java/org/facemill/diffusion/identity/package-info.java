/**
 * From an identity's context to its images: a generator model, a sampling recipe and the noise of lib/contracts put
 * together. Start, and end, with {@link org.facemill.diffusion.identity.IdentitySampler}.
 */
package org.facemill.diffusion.identity;
