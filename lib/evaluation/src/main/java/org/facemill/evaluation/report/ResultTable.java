package org.facemill.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.facemill.evaluation.metrics.SeparationMetrics;

/** Figures of several datasets and encoders, one row each, as papers print them. */
public record ResultTable(List<Row> rows) {

    private static final List<String> NAMES = List.of("dataset", "encoder", "identities", "images", "collapsed");
    private static final List<String> CSV_FIGURES = List.of(
            "eer",
            "fmr100",
            "fmr1000",
            "genuine_mean",
            "genuine_std",
            "impostor_mean",
            "impostor_std",
            "fdr",
            "decidability",
            "auc",
            "tar_at_far_1e-2",
            "tar_at_far_1e-3",
            "tar_at_far_1e-4",
            "genuine_pairs",
            "impostor_pairs");

    /**
     * One dataset by one encoder.
     *
     * @param metrics of its identities' separation
     */
    public record Row(String dataset, String encoder, int identities, int images, SeparationMetrics metrics) {}

    public ResultTable {
        rows = List.copyOf(rows);
    }

    /** With a head line; figures in full precision, empty where one is not defined. */
    public String csv() {
        List<String> lines = new ArrayList<>();
        lines.add(String.join(
                ",", Stream.concat(NAMES.stream(), CSV_FIGURES.stream()).toList()));
        for (Row row : rows) {
            List<String> cells = new ArrayList<>();
            cells.add(Csv.cell(row.dataset()));
            cells.add(Csv.cell(row.encoder()));
            cells.add(Integer.toString(row.identities()));
            cells.add(Integer.toString(row.images()));
            cells.add(Boolean.toString(row.metrics().collapsed()));
            CSV_FIGURES.forEach(
                    figure -> cells.add(Csv.number(row.metrics().byName().get(figure))));
            lines.add(String.join(",", cells));
        }
        return Csv.lines(lines);
    }

    /** A {@code tabular} for {@code booktabs}, in percent and three digits as on the page. */
    public String latex() {
        String body = rows.stream()
                .map(row -> Stream.concat(
                                Stream.of(tex(row.dataset()), tex(row.encoder())),
                                Figures.separation(row.metrics()).stream()
                                        .map(cell -> tex(cell).replace("–", "--")))
                        .collect(Collectors.joining(" & ", "    ", " \\\\\n")))
                .collect(Collectors.joining());
        String head = Stream.concat(
                        Stream.of("Dataset", "Encoder"),
                        Figures.SEPARATION_HEAD.stream()
                                .map(h -> h.replace(" ↓", " $\\downarrow$")
                                        .replace(" ↑", " $\\uparrow$")
                                        .replace("d′", "$d'$")))
                .collect(Collectors.joining(" & "));
        return "\\begin{tabular}{ll" + "r".repeat(Figures.SEPARATION_HEAD.size()) + "}\n    \\toprule\n    " + head
                + " \\\\\n    \\midrule\n" + body + "    \\bottomrule\n\\end{tabular}\n";
    }

    /** A page of its own. */
    public String html(String title) {
        List<String> head = Stream.concat(
                        Stream.of("Dataset", "Encoder", "Identities", "Images"), Figures.SEPARATION_HEAD.stream())
                .toList();
        ReportPage.Table table = ReportPage.Table.of(
                head,
                rows.stream()
                        .map(row -> Stream.concat(
                                        Stream.of(
                                                row.dataset() + (row.metrics().collapsed() ? " (collapsed)" : ""),
                                                row.encoder(),
                                                Figures.number(row.identities()),
                                                Figures.number(row.images())),
                                        Figures.separation(row.metrics()).stream())
                                .toList()));
        return Templates.fill("results.mustache", new Page(title, Templates.text("report.css"), table));
    }

    private record Page(String title, String style, ReportPage.Table table) {}

    private static String tex(String text) {
        return text.chars()
                .mapToObj(c -> switch (c) {
                    case '\\' -> "\\textbackslash{}";
                    case '~' -> "\\textasciitilde{}";
                    case '^' -> "\\textasciicircum{}";
                    case '&', '%', '$', '#', '_', '{', '}' -> "\\" + (char) c;
                    default -> String.format(Locale.ROOT, "%c", c);
                })
                .collect(Collectors.joining());
    }
}
