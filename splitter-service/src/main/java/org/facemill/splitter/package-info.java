/**
 * Two things done with what was aligned: {@link org.facemill.splitter.splitting} cuts blocks into crops,
 * {@link org.facemill.splitter.packing} packs complete identities into datasets. May import platform, datasets, images and
 * contracts.
 */
package org.facemill.splitter;
