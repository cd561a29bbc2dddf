/**
 * Aligned blocks to crops, and complete identities to datasets.
 *
 * <p>Start at {@link org.facemill.splitter.CropSplitting} and {@link org.facemill.splitter.DatasetPacking}, the two works;
 * {@link org.facemill.splitter.SplitterChannels} holds their channels. May import platform, datasets, images and contracts.
 */
package org.facemill.splitter;
