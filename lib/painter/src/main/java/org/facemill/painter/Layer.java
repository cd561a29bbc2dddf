package org.facemill.painter;

/** One coat of paint: blends its colour into a pixel where it covers it. */
@FunctionalInterface
interface Layer {

    void paint(Spot at, Pixel pixel);
}
