package org.facemill.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.images.TileGrid;

/** A report as one HTML page. All text that comes from outside passes {@link #text}. */
final class ReportPage {

    private static final int THUMBNAIL = 80;
    private static final float THUMBNAIL_QUALITY = 0.85f;

    private final EvaluationReport report;
    private final StringBuilder page = new StringBuilder();

    ReportPage(EvaluationReport report) {
        this.report = report;
    }

    String render() {
        page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .append("<title>")
                .append(text(report.title()))
                .append("</title>\n<style>\n")
                .append(style())
                .append("</style></head>\n<body><main>\n<h1>")
                .append(text(report.title()))
                .append("</h1>\n");
        facts();
        report.separation().ifPresent(this::separation);
        benchmarks();
        contactSheet();
        report.separation().ifPresent(this::outliers);
        return page.append("</main></body></html>\n").toString();
    }

    private void facts() {
        page.append("<dl class=\"facts\">");
        report.facts()
                .forEach((name, value) -> page.append("<div><dt>")
                        .append(text(name))
                        .append("</dt><dd>")
                        .append(text(value))
                        .append("</dd></div>"));
        page.append("</dl>\n");
    }

    private void separation(Separation separation) {
        SeparationMetrics m = separation.metrics();
        page.append("<section class=\"figures\">");
        figure("identities", number(separation.identities()));
        figure("images", number(separation.images()));
        figure("EER", percent(m.eer()));
        figure("FMR100", percent(m.fmr100()));
        figure("FDR", decimal(m.fdr()));
        figure("AUC", String.format(Locale.ROOT, "%.4f", m.auc()));
        page.append(
                        "</section>\n<section class=\"charts\"><figure><figcaption>Genuine and impostor scores</figcaption>")
                .append(Charts.scores(separation.scores()))
                .append("</figure><figure><figcaption>ROC</figcaption>")
                .append(Charts.roc(separation.scores()))
                .append("</figure></section>\n<h2>Separation</h2>\n");
        table(
                List.of("EER ↓", "FMR100 ↓", "FMR1000 ↓", "G-mean ↑", "G-std", "I-mean ↓", "I-std", "FDR ↑", "d′ ↑"),
                List.of(List.of(
                        percent(m.eer()),
                        percent(m.fmr100()),
                        percent(m.fmr1000()),
                        decimal(m.genuineMean()),
                        decimal(m.genuineStd()),
                        decimal(m.impostorMean()),
                        decimal(m.impostorStd()),
                        decimal(m.fdr()),
                        decimal(m.decidability()))));
        page.append("<p class=\"note\">")
                .append(number(m.genuinePairs()))
                .append(" genuine and ")
                .append(number(m.impostorPairs()))
                .append(" impostor pairs. TAR at FAR ");
        page.append(String.join(
                        ", ",
                        m.tarAtFar().entrySet().stream()
                                .map(e -> text(e.getKey()) + ": " + percent(e.getValue()))
                                .toList()))
                .append(".</p>\n");
    }

    private void benchmarks() {
        if (report.benchmarks().isEmpty()) {
            return;
        }
        page.append("<h2>Verification accuracy</h2>\n");
        table(
                List.of("Set", "Pairs", "Accuracy ↑", "EER ↓", "AUC ↑", "TAR@FAR=1e-2 ↑", "TAR@FAR=1e-3 ↑"),
                report.benchmarks().stream()
                        .map(b -> List.of(
                                b.name(),
                                number(b.pairs()),
                                percent(b.result().accuracy()) + " ± "
                                        + percent(b.result().accuracyStd()),
                                percent(b.result().separation().eer()),
                                String.format(
                                        Locale.ROOT,
                                        "%.4f",
                                        b.result().separation().auc()),
                                percent(b.result().separation().tarAtFar().get("1e-2")),
                                percent(b.result().separation().tarAtFar().get("1e-3"))))
                        .toList());
        page.append("<p class=\"note\">Mean and deviation over ")
                .append(PairVerification.FOLDS)
                .append(" folds, threshold chosen on the other folds.</p>\n");
    }

    private void contactSheet() {
        if (report.contactSheet().isEmpty()) {
            return;
        }
        page.append("<h2>Identities</h2>\n<section class=\"sheet\">");
        for (ContactRow row : report.contactSheet()) {
            page.append("<figure><figcaption>")
                    .append(text(row.name()))
                    .append("</figcaption><img alt=\"")
                    .append(text(row.name()))
                    .append("\" src=\"")
                    .append(strip(row.images()))
                    .append("\"></figure>");
        }
        page.append("</section>\n");
    }

    private void outliers(Separation separation) {
        page.append("<section class=\"pair\"><div><h2>Least alike in themselves</h2>\n");
        table(
                List.of("Identity", "Images", "Mean genuine score"),
                EvaluationReport.leastAlike(separation).stream()
                        .map(i -> List.of(Long.toString(i.ordinal()), number(i.images()), decimal(i.genuineMean())))
                        .toList());
        page.append("</div><div><h2>Most alike identities</h2>\n");
        table(
                List.of("Identity", "Nearest", "Cosine of means"),
                EvaluationReport.closestPairs(separation).stream()
                        .map(i -> List.of(
                                Long.toString(i.ordinal()), Long.toString(i.nearest()), decimal(i.nearestCosine())))
                        .toList());
        page.append("</div></section>\n");
    }

    private void figure(String name, String value) {
        page.append("<div><b>")
                .append(text(value))
                .append("</b><span>")
                .append(text(name))
                .append("</span></div>");
    }

    private void table(List<String> head, List<List<String>> rows) {
        page.append("<div class=\"scroll\"><table><thead><tr>");
        head.forEach(cell -> page.append("<th>").append(text(cell)).append("</th>"));
        page.append("</tr></thead><tbody>");
        for (List<String> row : rows) {
            page.append("<tr>");
            row.forEach(cell -> page.append("<td>").append(text(cell)).append("</td>"));
            page.append("</tr>");
        }
        page.append("</tbody></table></div>\n");
    }

    private static String strip(List<RgbImage> images) {
        List<RgbImage> tiles = images.stream()
                .map(i -> Images.resizeBilinear(i, THUMBNAIL, THUMBNAIL))
                .toList();
        RgbImage strip = new TileGrid(THUMBNAIL, tiles.size(), tiles.size()).compose(tiles);
        return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(Images.jpeg(strip, THUMBNAIL_QUALITY));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String text(String raw) {
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String style() {
        try (InputStream in = ReportPage.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("report.css of this library", e);
        }
    }
}
