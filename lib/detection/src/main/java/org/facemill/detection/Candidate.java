package org.facemill.detection;

/**
 * A box on its way through the three networks.
 *
 * @param image   index of its image in the batch
 * @param box     where
 * @param score   probability that it is a face, as the last network says
 * @param offsets corrections of the four edges that the last network regressed, as fractions of the box's size; they
 *                are applied after overlapping boxes have been suppressed
 */
record Candidate(int image, Box box, float score, float[] offsets) implements Scored {}
