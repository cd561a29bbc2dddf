package org.facemill.detection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How much two boxes overlap, and the greedy non-maximum suppression by it. */
enum Overlap {
    /** Intersection over union. */
    UNION {
        @Override
        float of(Box a, Box b) {
            float common = common(a, b, 0);
            return common / (a.area() + b.area() - common);
        }
    },
    /** Intersection over the smaller box; both ends of a box count as pixels, as the last stage was published. */
    SMALLER {
        @Override
        float of(Box a, Box b) {
            return common(a, b, 1) / Math.min(pixels(a), pixels(b));
        }

        private float pixels(Box box) {
            return (box.width() + 1) * (box.height() + 1);
        }
    };

    abstract float of(Box a, Box b);

    /**
     * Keeps each box that overlaps none of a better score by more than the threshold.
     *
     * @param items     of one image; the earlier of equal scores wins
     * @param threshold largest overlap that is tolerated
     * @return the kept items, best first
     */
    <T extends Scored> List<T> suppress(List<T> items, float threshold) {
        List<T> ranked = new ArrayList<>(items);
        ranked.sort(Comparator.comparing(Scored::score, Comparator.reverseOrder()));
        List<T> kept = new ArrayList<>();
        for (T item : ranked) {
            if (kept.stream().noneMatch(better -> of(better.box(), item.box()) > threshold)) {
                kept.add(item);
            }
        }
        return kept;
    }

    private static float common(Box a, Box b, int extra) {
        float width = Math.min(a.x2(), b.x2()) - Math.max(a.x1(), b.x1()) + extra;
        float height = Math.min(a.y2(), b.y2()) - Math.max(a.y1(), b.y1()) + extra;
        return Math.max(0, width) * Math.max(0, height);
    }
}
