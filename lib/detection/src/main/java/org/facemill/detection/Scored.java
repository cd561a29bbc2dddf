package org.facemill.detection;

/** A box that may hold a face. */
interface Scored {

    Box box();

    /** Probability that it is a face, 0 to 1. */
    float score();
}
