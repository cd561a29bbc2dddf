package org.facemill.painter;

import java.util.List;

/**
 * The head's outline and depth, and the way between pixels and the face. Yaw and pitch move the features by parallax:
 * what lies higher above the head's plane moves further.
 */
final class HeadShape {

    /** Depth of the head in units, at its middle. */
    private static final double DEPTH = 0.62;
    /** How much further the nose's tip stands out. */
    private static final double NOSE = 0.28;

    private final Traits traits;
    private final Shot shot;
    private final double cos;
    private final double sin;
    private final double parallaxX;
    private final double parallaxY;

    HeadShape(Traits traits, Shot shot) {
        this.traits = traits;
        this.shot = shot;
        double norm = Math.sqrt(1 + shot.roll() * shot.roll());
        cos = 1 / norm;
        sin = shot.roll() / norm;
        parallaxX = shot.yaw() * DEPTH;
        parallaxY = shot.pitch() * DEPTH;
    }

    /** Fills {@code spot} for the pixel centre (px, py). */
    void locate(double px, double py, Spot spot) {
        double dx = (px - shot.centreX()) / shot.scale();
        double dy = (py - shot.centreY()) / shot.scale();
        spot.tileX = px / FacePainter.TILE;
        spot.tileY = py / FacePainter.TILE;
        spot.x = dx * cos + dy * sin;
        spot.y = dy * cos - dx * sin;
        double radius = radius(spot.x, spot.y);
        spot.z = radius < 1 ? Math.sqrt(1 - radius) : 0;
        spot.u = spot.x - parallaxX * spot.z;
        spot.v = spot.y - parallaxY * spot.z;
        spot.depth = (1 - Math.sqrt(radius)) * traits.head().width();
        spot.face = cover(spot.depth);
    }

    /** Part of a pixel that is inside, at this signed distance (in head units) from an edge. */
    double cover(double distance) {
        return Curves.clamp(0.5 + distance * shot.scale() / 1.3);
    }

    /** Half the head's width at a height, the taper of the ends aside. */
    double widthAt(double y) {
        Traits.Head head = traits.head();
        double t = Curves.clamp(y / head.height());
        double low = Math.max(0, (t - 0.5) / 0.5);
        return head.width() * (1 - (1 - head.jaw()) * t * Math.sqrt(t)) * (1 - 0.42 * head.chin() * low * low);
    }

    /** Sideways shift of the nose's tip by its parallax. */
    double noseShift() {
        return shot.yaw() * NOSE;
    }

    /** Left eye, right eye, nose tip, left and right mouth corner in pixels. */
    List<PaintedFace.Point> landmarks() {
        Traits.Eyes eyes = traits.eyes();
        Traits.Lips lips = traits.lips();
        double corner = lips.width() * Mouth.stretch(shot);
        double cornerY = lips.y() - Mouth.rise(traits, shot);
        return List.of(
                pixel(-eyes.apart(), eyes.y()),
                pixel(eyes.apart(), eyes.y()),
                pixel(noseShift(), eyes.y() + traits.nose().length()),
                pixel(-corner, cornerY),
                pixel(corner, cornerY));
    }

    /** The pixel at which the face's (u, v) is seen: the fixed point of the parallax. */
    private PaintedFace.Point pixel(double u, double v) {
        double x = u;
        double y = v;
        for (int i = 0; i < 40; i++) {
            double z = Math.sqrt(Math.max(0, 1 - radius(x, y)));
            x = u + parallaxX * z;
            y = v + parallaxY * z;
        }
        return new PaintedFace.Point((float) (shot.centreX() + (x * cos - y * sin) * shot.scale()), (float)
                (shot.centreY() + (x * sin + y * cos) * shot.scale()));
    }

    /** Squared distance from the head's middle, 1 on its outline. */
    private double radius(double x, double y) {
        double rx = x / widthAt(y);
        double t = y / traits.head().height();
        double square = y > 0 ? traits.head().square() : 0.15;
        double ry = t * t * (1 - square + square * t * t);
        return rx * rx + ry;
    }
}
