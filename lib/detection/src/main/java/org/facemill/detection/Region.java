package org.facemill.detection;

/**
 * Whole pixels of an image: columns left to right - 1, rows top to bottom - 1.
 */
record Region(int left, int top, int right, int bottom) {

    /** The pixels of a box that lie in the image. The box counts pixels from 1 and includes both ends, as it was trained. */
    static Region of(Box box, int width, int height) {
        return new Region(
                Math.max((int) box.x1(), 1) - 1,
                Math.max((int) box.y1(), 1) - 1,
                Math.min((int) box.x2(), width),
                Math.min((int) box.y2(), height));
    }

    int width() {
        return right - left;
    }

    int height() {
        return bottom - top;
    }

    boolean isEmpty() {
        return width() <= 0 || height() <= 0;
    }
}
