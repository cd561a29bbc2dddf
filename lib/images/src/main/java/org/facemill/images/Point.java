package org.facemill.images;

/**
 * A place in an image, in pixels; (0, 0) is the centre of the top left pixel, y grows downwards.
 *
 * @param x column
 * @param y row
 */
public record Point(float x, float y) {}
