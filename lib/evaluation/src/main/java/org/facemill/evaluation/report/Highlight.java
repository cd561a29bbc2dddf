package org.facemill.evaluation.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.facemill.evaluation.comparison.IdentityLikeness;
import org.facemill.evaluation.comparison.Separation;
import org.facemill.images.RgbImage;

/**
 * Identities that stand out in one respect, with pictures.
 *
 * @param title the respect
 * @param rows the furthest out first
 */
public record Highlight(String title, List<Row> rows) {

    private static final int SHOWN = 6;

    /**
     * An identity.
     *
     * @param caption its name and figure
     * @param images some of its pictures; none where there are embeddings alone
     */
    public record Row(String caption, List<RgbImage> images) {}

    public Highlight {
        rows = List.copyOf(rows);
    }

    /**
     * The worst and the best of a separation: least and most alike in themselves, and those that another one resembles most.
     *
     * @param names of identities by their ordinals
     * @param pictures some of an identity's
     */
    public static List<Highlight> of(
            Separation separation, LongFunction<String> names, LongFunction<List<RgbImage>> pictures) {
        List<IdentityLikeness> several =
                separation.likeness().stream().filter(i -> i.images() > 1).toList();
        Comparator<IdentityLikeness> alike = Comparator.comparingDouble(IdentityLikeness::genuineMean);
        Function<IdentityLikeness, Row> inner = one -> new Row(
                "%s: %d images, cosine %s in the mean, %s of them odd"
                        .formatted(
                                names.apply(one.ordinal()),
                                one.images(),
                                Figures.fine(one.genuineMean()),
                                Figures.percent(one.odd())),
                pictures.apply(one.ordinal()));
        return List.of(
                new Highlight("Least alike in themselves", rows(several, alike, inner)),
                new Highlight("Most alike in themselves", rows(several, alike.reversed(), inner)),
                new Highlight(
                        "Most alike identities",
                        Outliers.closestPairs(separation).stream()
                                .limit(SHOWN)
                                .map(one -> pair(one, names, pictures))
                                .toList()));
    }

    private static List<Row> rows(
            List<IdentityLikeness> identities,
            Comparator<IdentityLikeness> order,
            Function<IdentityLikeness, Row> row) {
        return identities.stream().sorted(order).limit(SHOWN).map(row).toList();
    }

    private static Row pair(IdentityLikeness one, LongFunction<String> names, LongFunction<List<RgbImage>> pictures) {
        List<RgbImage> images = new ArrayList<>();
        for (long identity : new long[] {one.ordinal(), one.nearest()}) {
            List<RgbImage> own = pictures.apply(identity);
            images.addAll(own.subList(0, Math.min(4, own.size())));
        }
        return new Row(
                "%s and %s: cosine of means %s"
                        .formatted(
                                names.apply(one.ordinal()),
                                names.apply(one.nearest()),
                                Figures.fine(one.nearestCosine())),
                images);
    }
}
