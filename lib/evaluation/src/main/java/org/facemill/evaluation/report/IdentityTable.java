package org.facemill.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.facemill.evaluation.comparison.IdentityLikeness;
import org.facemill.evaluation.comparison.PoseSpread;

/** Every identity's own figures as CSV. */
public final class IdentityTable {

    private IdentityTable() {}

    /**
     * A line an identity, by ordinal: how alike its images are (mean and least mean cosine to its others), its diversity (one
     * less the mean), the share of its images whose mean cosine to its others is below the threshold of the EER, and the identity
     * that resembles it most, and how much its heads turn ({@link PoseSpread}). Empty where a figure is not defined.
     *
     * @param names of identities by their ordinals
     * @param poses how much their heads turn, of those whose faces were detected
     */
    public static String csv(List<IdentityLikeness> likeness, LongFunction<String> names, Map<Long, PoseSpread> poses) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "ordinal,name,images,genuine_mean,genuine_min,diversity,odd,nearest,nearest_name,nearest_cosine,yaw_spread,pitch_spread");
        for (IdentityLikeness one : likeness) {
            Optional<PoseSpread> pose = Optional.ofNullable(poses.get(one.ordinal()));
            boolean alone = one.nearest() < 0;
            lines.add(String.join(
                    ",",
                    Long.toString(one.ordinal()),
                    Csv.cell(names.apply(one.ordinal())),
                    Integer.toString(one.images()),
                    Csv.number(one.genuineMean()),
                    Csv.number(one.genuineMin()),
                    Csv.number(1 - one.genuineMean()),
                    Csv.number(one.odd()),
                    alone ? "" : Long.toString(one.nearest()),
                    alone ? "" : Csv.cell(names.apply(one.nearest())),
                    Csv.number(one.nearestCosine()),
                    Csv.number(pose.map(PoseSpread::yaw).orElse(Double.NaN)),
                    Csv.number(pose.map(PoseSpread::pitch).orElse(Double.NaN))));
        }
        return Csv.lines(lines);
    }
}
