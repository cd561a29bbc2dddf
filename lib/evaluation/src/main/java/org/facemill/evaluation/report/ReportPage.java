package org.facemill.evaluation.report;

import static org.facemill.evaluation.report.Figures.decimal;
import static org.facemill.evaluation.report.Figures.fine;
import static org.facemill.evaluation.report.Figures.number;
import static org.facemill.evaluation.report.Figures.percent;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.facemill.evaluation.comparison.Separation;
import org.facemill.evaluation.metrics.Benchmark;
import org.facemill.evaluation.metrics.PairVerification;
import org.facemill.evaluation.metrics.ScoreCounts;
import org.facemill.evaluation.metrics.SeparationMetrics;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.images.TileGrid;

/** What {@code report.mustache} shows; an empty list or option is a section that is left out. */
record ReportPage(
        String title,
        String style,
        List<Named> facts,
        List<Warning> warnings,
        Optional<Overview> separation,
        List<Compared> comparisons,
        List<Section> benchmarks,
        Optional<Growth> growth,
        List<Section> audits,
        List<Nearest> neighbours,
        Optional<Sheet> sheet,
        List<Highlighted> highlights,
        Optional<Outlying> outliers,
        List<Section> omissions) {

    private static final int THUMBNAIL = 80;
    private static final float THUMBNAIL_QUALITY = 0.85f;

    record Named(String name, String value) {}

    record Warning(String title, String text) {}

    record Table(List<String> head, List<Row> rows) {

        static Table of(List<String> head, Stream<List<String>> rows) {
            return new Table(head, rows.map(Row::new).toList());
        }
    }

    record Row(List<String> cells) {}

    record Section(String title, String note, Table table) {}

    record Scores(String distribution, String roc, String det, Table table, String note) {}

    record Overview(List<Named> figures, Scores scores) {}

    record Compared(String title, String note, Scores scores) {}

    record Growth(String chart, Table table) {}

    record Nearest(String title, String note, String chart, List<Pictures> matches) {}

    record Pictures(String caption, Optional<String> strip) {}

    record Sheet(List<Pictures> rows) {}

    record Highlighted(String title, List<Pictures> rows) {}

    record Outlying(List<Section> tables) {}

    static ReportPage of(EvaluationReport report) {
        return new ReportPage(
                report.title(),
                Templates.text("report.css"),
                report.facts().entrySet().stream()
                        .map(fact -> new Named(fact.getKey(), fact.getValue()))
                        .toList(),
                warnings(report),
                report.separation().map(ReportPage::overview),
                report.comparisons().stream()
                        .map(c -> new Compared(c.title(), c.note(), scores(c.scores(), c.metrics())))
                        .toList(),
                benchmarks(report),
                growth(report.trainedVersions()),
                report.audits().stream().map(ReportPage::audit).toList(),
                report.neighbours().stream().map(ReportPage::nearest).toList(),
                report.contactSheet().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Sheet(report.contactSheet().stream()
                                .map(row -> new Pictures(row.name(), Optional.of(strip(row.images()))))
                                .toList())),
                report.highlights().stream().map(ReportPage::highlighted).toList(),
                report.separation().filter(s -> report.highlights().isEmpty()).map(ReportPage::outliers),
                omissions(report.omissions()));
    }

    String html() {
        return Templates.fill("report.mustache", this);
    }

    private static List<Warning> warnings(EvaluationReport report) {
        List<Warning> warnings = new ArrayList<>();
        if (report.separation().map(s -> s.metrics().collapsed()).orElse(false)) {
            warnings.add(new Warning(
                    "Collapsed.",
                    "No threshold tells images of one identity from images of another: many images are the same, or all nearly so."
                            + " Figures that mean nothing then are left out; report.json has pyeer's."));
        }
        report.audits().stream()
                .filter(audit -> audit.above() > 0)
                .forEach(audit -> warnings.add(new Warning(
                        audit.leak() ? "Leaking." : "Duplicates.",
                        number(audit.above()) + " identities are as close to " + audit.against()
                                + " as two images of one person: cosine " + fine(audit.threshold())
                                + " and above.")));
        if (!report.omissions().isEmpty()) {
            warnings.add(new Warning(
                    "Not all is judged.",
                    number(report.omissions().size()) + " could not be; they are listed at the end."));
        }
        return warnings;
    }

    private static Overview overview(Separation separation) {
        SeparationMetrics m = separation.metrics();
        return new Overview(
                List.of(
                        new Named("identities", number(separation.identities())),
                        new Named("images", number(separation.images())),
                        new Named("EER", percent(m.eer())),
                        new Named("FMR100", percent(m.fmr100())),
                        new Named("FDR", decimal(m.fdr())),
                        new Named("AUC", fine(m.auc()))),
                scores(separation.scores(), m));
    }

    private static Scores scores(ScoreCounts counts, SeparationMetrics m) {
        String note =
                "%s genuine and %s impostor pairs. TAR at FAR %s. Accepted is a score at the threshold or above; FMR100 and FMR1000 are the share of genuine pairs rejected where 1 %% and 0.1 %% of impostor pairs are accepted (pyeer's convention); EER's threshold is a cosine of %s."
                        .formatted(
                                number(m.genuinePairs()),
                                number(m.impostorPairs()),
                                Figures.tarAtFar(m.tarAtFar()),
                                fine(m.eerThreshold()));
        return new Scores(
                Charts.scores(counts, m.eerThreshold()),
                Charts.roc(counts),
                Charts.det(counts),
                Table.of(Figures.SEPARATION_HEAD, Stream.of(Figures.separation(m))),
                note);
    }

    private static List<Section> benchmarks(EvaluationReport report) {
        List<Benchmark> benchmarks = report.benchmarks();
        if (benchmarks.isEmpty()) {
            return List.of();
        }
        Table table = Table.of(
                List.of("Set", "Pairs", "Accuracy ↑", "EER ↓", "AUC ↑", "TAR@FAR=1e-2 ↑", "TAR@FAR=1e-3 ↑"),
                benchmarks.stream()
                        .map(b -> List.of(
                                b.name(),
                                number(b.pairs()),
                                percent(b.result().accuracy()) + " ± "
                                        + percent(b.result().accuracyStd()),
                                percent(b.result().separation().eer()),
                                fine(b.result().separation().auc()),
                                percent(b.result().separation().tarAtFar().get("1e-2")),
                                percent(b.result().separation().tarAtFar().get("1e-3")))));
        List<Section> sections = new ArrayList<>(List.of(new Section(
                "Verification accuracy",
                "Mean and deviation over " + PairVerification.FOLDS + " folds, threshold chosen on the other folds.",
                table)));
        if (benchmarks.stream().anyMatch(b -> BenchmarkTable.has(b.name()))) {
            BenchmarkTable papers = BenchmarkTable.of(report.title(), benchmarks);
            sections.add(new Section(
                    "Beside published recognisers",
                    "Accuracy as the authors report it, of recognisers trained on their synthetic data.",
                    Table.of(papers.head(), papers.cells().stream())));
        }
        return sections;
    }

    /** The curve begins with the second version. */
    private static Optional<Growth> growth(List<TrainedVersion> versions) {
        if (versions.size() < 2) {
            return Optional.empty();
        }
        List<String> sets = versions.stream()
                .flatMap(version -> version.accuracy().keySet().stream())
                .distinct()
                .toList();
        Stream<List<String>> rows = versions.stream()
                .map(version -> Stream.concat(
                                Stream.of("v" + version.version(), number(version.identities())),
                                sets.stream()
                                        .map(set -> percent(version.accuracy().getOrDefault(set, Double.NaN))))
                        .toList());
        List<String> head =
                Stream.concat(Stream.of("Version", "Identities"), sets.stream()).toList();
        return Optional.of(new Growth(Charts.growth(versions, sets), Table.of(head, rows)));
    }

    private static Section audit(Audit audit) {
        boolean leak = audit.leak();
        return new Section(
                leak ? "Leak: what resembles " + audit.against() : "Duplicates: identities that are one person",
                "%s images compared. Two images count as of one person from a cosine of %s on, which %s of impostor pairs of %s reach. %s identities have one."
                        .formatted(
                                number(audit.compared()),
                                fine(audit.threshold()),
                                percent(audit.fmr()),
                                audit.reference(),
                                number(audit.above())),
                Table.of(
                        List.of("Identity", "Nearest", "Cosine"),
                        audit.findings().stream().map(f -> List.of(f.identity(), f.nearest(), fine(f.cosine())))));
    }

    private static Nearest nearest(Neighbours neighbours) {
        return new Nearest(
                "Nearest in " + neighbours.set(),
                "Each image's most similar one there; below, those that come closest: the image, then its nearest.",
                Charts.distribution(neighbours.scores()),
                neighbours.closest().stream().map(ReportPage::pictures).toList());
    }

    private static Pictures pictures(Neighbours.Match match) {
        List<RgbImage> images = Stream.concat(
                        match.image().stream(), match.nearest().stream().flatMap(n -> n.image().stream()))
                .toList();
        String names = String.join(
                ", ",
                match.nearest().stream()
                        .map(n -> n.name() + " " + decimal(n.cosine()))
                        .toList());
        return new Pictures(
                match.identity() + ": " + names, images.isEmpty() ? Optional.empty() : Optional.of(strip(images)));
    }

    private static Highlighted highlighted(Highlight highlight) {
        return new Highlighted(
                highlight.title(),
                highlight.rows().stream()
                        .map(row -> new Pictures(
                                row.caption(),
                                row.images().isEmpty() ? Optional.empty() : Optional.of(strip(row.images()))))
                        .toList());
    }

    private static Outlying outliers(Separation separation) {
        return new Outlying(List.of(
                new Section(
                        "Least alike in themselves",
                        "",
                        Table.of(
                                List.of("Identity", "Images", "Mean genuine score"),
                                Outliers.leastAlike(separation).stream()
                                        .map(i -> List.of(
                                                Long.toString(i.ordinal()),
                                                number(i.images()),
                                                decimal(i.genuineMean()))))),
                new Section(
                        "Most alike identities",
                        "",
                        Table.of(
                                List.of("Identity", "Nearest", "Cosine of means"),
                                Outliers.closestPairs(separation).stream()
                                        .map(i -> List.of(
                                                Long.toString(i.ordinal()),
                                                Long.toString(i.nearest()),
                                                decimal(i.nearestCosine())))))));
    }

    private static List<Section> omissions(List<EvaluationReport.Omission> omissions) {
        return omissions.isEmpty()
                ? List.of()
                : List.of(new Section(
                        "Not judged",
                        "",
                        Table.of(List.of("What", "Why"), omissions.stream().map(o -> List.of(o.name(), o.reason())))));
    }

    private static String strip(List<RgbImage> images) {
        List<RgbImage> tiles = images.stream()
                .map(i -> Images.resizeBilinear(i, THUMBNAIL, THUMBNAIL))
                .toList();
        RgbImage strip = new TileGrid(THUMBNAIL, tiles.size(), tiles.size()).compose(tiles);
        return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(Images.jpeg(strip, THUMBNAIL_QUALITY));
    }
}
