package org.facemill.painter;

/**
 * Where one pixel lies. Head units: half the head's height is about 0.86, x to the right, y downwards, the origin in the
 * middle of the head. Reused from pixel to pixel, because a tile has 16,384 of them.
 */
final class Spot {

    /** Position on the tile, 0..1. */
    double tileX;

    double tileY;
    /** Position in the plane of the head, after undoing shift, scale and roll. */
    double x;

    double y;
    /** Position on the face, after undoing yaw and pitch as well: features are fixed in these. */
    double u;

    double v;
    /** Height of the head above its plane, 0 at the outline and beyond, 1 in the middle. */
    double z;
    /** Signed distance to the head's outline, positive inside. */
    double depth;
    /** Part of the pixel that the head covers, 0..1. */
    double face;
    /** Light that falls on the skin here, about 0.3..1.3; set by {@link Skin}. */
    double shade;
}
