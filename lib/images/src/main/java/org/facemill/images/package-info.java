/**
 * Pictures as every part of Facemill passes them on: 8-bit RGB rasters ({@link org.facemill.images.RgbImage}), read
 * from PNG and JPEG within limits and written as PNG ({@link org.facemill.images.Images}), laid out as grids of
 * square tiles ({@link org.facemill.images.TileGrid}), and brought into a template's pose
 * ({@link org.facemill.images.FacePoints}); {@code augment} changes them at random.
 *
 * <p>Imports no other module. Start reading at {@link org.facemill.images.Images}.
 */
package org.facemill.images;
