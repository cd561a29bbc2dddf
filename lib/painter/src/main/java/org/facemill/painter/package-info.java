/**
 * Parametric faces: a 512-float context vector decides who is painted, counter-based noise decides how.
 *
 * <p>Start at {@link org.facemill.painter.FacePainter}. {@link org.facemill.painter.Traits} is what all images of an
 * identity share, {@link org.facemill.painter.Shot} what differs between them, and the {@code Layer}s put both on a tile,
 * from the backdrop to the fringe. Every image is plain arithmetic of additions, multiplications, divisions and square
 * roots, so the same input gives the same bytes on every machine.
 *
 * <p>May import contracts and images; knows no network, no Kafka and no file.
 */
package org.facemill.painter;
