/**
 * Face datasets as files: one identity's crops as a tar, a packed dataset as identity folders, InsightFace's RecordIO,
 * TFace's TFRecord or WebDataset shards with its manifest, and verification sets as InsightFace's {@code .bin}. Images
 * stay encoded: what goes in comes out byte by byte.
 *
 * <p>Imports contracts, tensor-io and images. Start reading at {@link org.facemill.datasets.DatasetPacker} for writing
 * and {@link org.facemill.datasets.ImageDatasets} for reading, from a folder or straight from
 * where {@link org.facemill.datasets.DatasetFiles} lie.
 */
package org.facemill.datasets;
