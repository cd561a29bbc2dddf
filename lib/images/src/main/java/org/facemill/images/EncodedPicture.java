package org.facemill.images;

import java.util.Optional;

/**
 * What a picture's file says, taken apart before any pixel is decoded.
 *
 * @param content the file without what a decoder may trip over, or would bring into the pixels in a way of its own
 * @param orientation how the pixels have to be turned
 * @param profile ICC profile of the pixels' colours; none for sRGB and grey
 */
record EncodedPicture(byte[] content, Orientation orientation, Optional<byte[]> profile) {}
