package org.facemill.detection;

import org.facemill.images.Point;

/**
 * An upright rectangle in pixels. It may reach beyond the image.
 *
 * @param x1 left
 * @param y1 top
 * @param x2 right
 * @param y2 bottom
 */
public record Box(float x1, float y1, float x2, float y2) {

    public float width() {
        return x2 - x1;
    }

    public float height() {
        return y2 - y1;
    }

    public float area() {
        return width() * height();
    }

    public Point centre() {
        return new Point((x1 + x2) / 2, (y1 + y2) / 2);
    }

    /** The square around the same centre whose side is the longer one of this box. */
    Box square() {
        float side = Math.max(width(), height());
        float left = x1 + width() * 0.5f - side * 0.5f;
        float top = y1 + height() * 0.5f - side * 0.5f;
        return new Box(left, top, left + side, top + side);
    }

    Box translated(float dx, float dy) {
        return new Box(x1 + dx, y1 + dy, x2 + dx, y2 + dy);
    }

    /**
     * Each edge moved by its regressed offset.
     *
     * @param offsets left, top, right, bottom as fractions of the box's size
     * @param extra   what is added to width and height before they scale the offsets: the first network was trained
     *                with 0, the other two with 1 (both ends of a box counted as pixels)
     */
    Box regressed(float[] offsets, int extra) {
        float w = width() + extra;
        float h = height() + extra;
        return new Box(x1 + offsets[0] * w, y1 + offsets[1] * h, x2 + offsets[2] * w, y2 + offsets[3] * h);
    }
}
