package org.facemill.evaluation.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.facemill.evaluation.metrics.SeparationMetrics;

/** Numbers as reports and tables write them; a number that is not defined is a dash. */
final class Figures {

    private static final String NONE = "–";

    /** Heads of the papers' columns; the arrow says where better lies. */
    static final List<String> SEPARATION_HEAD = List.of(
            "EER ↓", "FMR100 ↓", "FMR1000 ↓", "G-mean ↑", "G-std", "I-mean ↓", "I-std", "FDR ↑", "d′ ↑", "AUC ↑");

    private Figures() {}

    static String percent(double share) {
        return defined(share, "%.2f %%", 100 * share);
    }

    static String decimal(double value) {
        return defined(value, "%.3f", value);
    }

    static String fine(double value) {
        return defined(value, "%.4f", value);
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** The papers' columns, under {@link #SEPARATION_HEAD}. */
    static List<String> separation(SeparationMetrics m) {
        return List.of(
                percent(m.eer()),
                percent(m.fmr100()),
                percent(m.fmr1000()),
                decimal(m.genuineMean()),
                decimal(m.genuineStd()),
                decimal(m.impostorMean()),
                decimal(m.impostorStd()),
                decimal(m.fdr()),
                decimal(m.decidability()),
                fine(m.auc()));
    }

    static String tarAtFar(Map<String, Double> tarAtFar) {
        return tarAtFar.entrySet().stream()
                .map(e -> e.getKey() + ": " + percent(e.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String defined(double value, String format, double shown) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, shown) : NONE;
    }
}
