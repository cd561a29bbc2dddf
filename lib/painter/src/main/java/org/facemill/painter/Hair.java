package org.facemill.painter;

/** The hair of the head, in two coats: what falls behind the neck, and cap, fringe and sides in front of the face. */
final class Hair {

    private final Traits traits;
    private final Traits.Locks locks;
    private final Shot.Light light;
    private final HeadShape head;
    private final double width;
    private final double height;

    Hair(Traits traits, Shot shot, HeadShape head) {
        this.traits = traits;
        this.locks = traits.locks();
        this.light = shot.light();
        this.head = head;
        this.width = traits.head().width() * (1 + locks.volume());
        this.height = traits.head().height() * (1 + 0.75 * locks.volume());
    }

    void paintBehind(Spot at, Pixel pixel) {
        double bottom = locks.length() - 0.12 * at.x * at.x - at.y;
        double inside = Math.min(outline(at), bottom);
        pixel.blend(locks.colour(), 0.62 * light(at) + 0.5 * strand(at), head.cover(inside));
    }

    void paintInFront(Spot at, Pixel pixel) {
        double outline = outline(at);
        if (outline < -0.05) {
            return;
        }
        double across = Math.max(-1, Math.min(1, at.u / traits.head().width()));
        double x2 = across * across;
        double edge = locks.line()
                + locks.peak() * x2
                + locks.part() * across
                + 0.62 * x2 * x2 * x2
                + 0.012 * Curves.wave(3.3 * at.u + 0.2);
        double cap = edge - at.v;
        double temple = Math.abs(at.x) - head.widthAt(at.y) * (0.90 - 0.08 * Curves.step(0.2, 0.9, locks.length()));
        double low = Math.max(locks.length(), -0.02 + 0.2 * locks.beard());
        double side = Math.min(temple, low - at.y);
        double inside = Math.min(outline, Math.max(cap, side));
        double lightness = light(at) + strand(at);
        pixel.blend(locks.colour(), lightness, head.cover(inside));
        double shadow = Curves.step(-0.10, 0, Math.max(cap, side)) * (1 - head.cover(inside)) * at.face;
        double dark = 1 - 0.22 * shadow;
        pixel.tint(dark, dark, dark);
    }

    /** Signed distance to the outline of the hair: an ellipse above, falling sides below. */
    private double outline(Spot at) {
        double y = at.y + 0.05;
        double ripple = 1 + 0.03 * locks.curl() * Curves.wave(4.5 * at.y + 1.5 * at.x);
        double x = at.x / (width * ripple);
        if (y > 0) {
            return (1 + 0.05 * locks.volume() * y - Math.abs(x)) * width;
        }
        return (1 - Math.sqrt(x * x + y / height * (y / height))) * width;
    }

    /** Light on the mass of the hair, taken for one smooth body. */
    private double light(Spot at) {
        return light.exposure() * (0.62 + 0.25 * light.z() + 0.3 * (at.x * light.x() + at.y * light.y()));
    }

    /** Strands, and a sheen across the crown. */
    private double strand(Spot at) {
        double fall = at.x / (1.15 + 0.6 * at.y);
        double waves = 0.05 * Curves.wave(6 * fall + locks.curl() * at.y) + 0.03 * Curves.wave(13 * fall + 0.3);
        double sheen = (at.y + 0.62 - 0.25 * at.x * at.x) / 0.16;
        return waves + 0.16 * Curves.hill(sheen * sheen);
    }
}
