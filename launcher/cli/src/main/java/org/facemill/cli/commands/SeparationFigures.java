package org.facemill.cli.commands;

import java.util.Locale;
import java.util.Map;
import org.facemill.evaluation.metrics.SeparationMetrics;

/** A separation's figures as commands print them. */
record SeparationFigures(
        long genuinePairs,
        long impostorPairs,
        boolean collapsed,
        double eer,
        double eerThreshold,
        double fmr100,
        double fmr1000,
        double auc,
        double genuineMean,
        double genuineStd,
        double impostorMean,
        double impostorStd,
        double fdr,
        double decidability,
        Map<String, Double> tarAtFar) {

    static SeparationFigures of(SeparationMetrics m) {
        return new SeparationFigures(
                m.genuinePairs(),
                m.impostorPairs(),
                m.collapsed(),
                m.eer(),
                m.eerThreshold(),
                m.fmr100(),
                m.fmr1000(),
                m.auc(),
                m.genuineMean(),
                m.genuineStd(),
                m.impostorMean(),
                m.impostorStd(),
                m.fdr(),
                m.decidability(),
                m.tarAtFar());
    }

    /** For people, in one line. */
    String text() {
        return String.format(
                        Locale.ROOT,
                        "EER %.4f, FMR100 %.4f, FMR1000 %.4f, FDR %.3f, AUC %.4f",
                        eer,
                        fmr100,
                        fmr1000,
                        fdr,
                        auc)
                + (collapsed ? "; COLLAPSED: no threshold tells identities apart" : "");
    }
}
