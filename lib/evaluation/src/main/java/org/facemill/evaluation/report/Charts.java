package org.facemill.evaluation.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.facemill.evaluation.metrics.RocCurve;
import org.facemill.evaluation.metrics.ScoreCounts;
import org.facemill.evaluation.metrics.ScoreDistribution;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The charts of a report, as SVG elements. */
final class Charts {

    static final int BINS = 80;
    private static final Color INK = new Color(0x33, 0x3B, 0x44);
    private static final Color GRID = new Color(0xE3, 0xE7, 0xEB);
    private static final Color GENUINE = new Color(0x0B, 0x7A, 0x75);
    private static final Color IMPOSTOR = new Color(0xC2, 0x4D, 0x2C);

    private Charts() {}

    /** Distribution of genuine and impostor scores: share of its pairs per bin. */
    static String scores(ScoreCounts counts, double threshold) {
        ScoreDistribution distribution = ScoreDistribution.of(counts, BINS);
        XYChart chart = distributionChart("share of pairs (%)", distribution);
        double highest = Math.max(
                addDistribution(chart, "impostor", IMPOSTOR, distribution, distribution.impostor()),
                addDistribution(chart, "genuine", GENUINE, distribution, distribution.genuine()));
        if (threshold >= distribution.from() && threshold <= distribution.to()) {
            XYSeries line =
                    chart.addSeries("threshold of EER", new double[] {threshold, threshold}, new double[] {0, highest});
            line.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
            line.setLineColor(INK);
            line.setLineStyle(
                    new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, new float[] {4, 3}, 0));
            line.setMarker(SeriesMarkers.NONE);
        }
        return svg(chart);
    }

    /** Distribution of some scores. */
    static String distribution(float[] scores) {
        double[] sorted = new double[scores.length];
        Arrays.setAll(sorted, i -> scores[i]);
        ScoreCounts counts = ScoreCounts.of(sorted, new double[0]);
        ScoreDistribution distribution = ScoreDistribution.of(counts, BINS);
        XYChart chart = distributionChart("share of images (%)", distribution);
        addDistribution(chart, "nearest", GENUINE, distribution, distribution.genuine());
        chart.getStyler().setLegendVisible(false);
        return svg(chart);
    }

    /** True accept rate over the logarithm of the false accept rate. */
    static String roc(ScoreCounts counts) {
        RocCurve curve = RocCurve.of(counts, ReportJson.CURVE_POINTS);
        XYChart chart = farChart("true accept rate (%)", counts);
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setYAxisMax(100.0);
        addCurve(
                chart, curve.far(), Arrays.stream(curve.tar()).map(t -> 100 * t).toArray());
        return svg(chart);
    }

    /** False non-match rate over the false match rate, both on a logarithmic axis. */
    static String det(ScoreCounts counts) {
        RocCurve curve = RocCurve.of(counts, ReportJson.CURVE_POINTS);
        double lowest = 1.0 / counts.genuinePairs();
        XYChart chart = farChart("false non-match rate", counts);
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmicDecadeOnly(true);
        chart.getStyler().setYAxisMin(decadeBelow(lowest));
        chart.getStyler().setYAxisMax(1.0);
        addCurve(
                chart,
                curve.far(),
                Arrays.stream(curve.tar()).map(t -> Math.max(lowest, 1 - t)).toArray());
        return svg(chart);
    }

    /** Accuracy over the number of identities trained on, a line for each verification set. */
    static String growth(List<TrainedVersion> versions, List<String> sets) {
        XYChart chart = chart("identities trained on", "accuracy (%)");
        legendBelow(chart);
        for (String set : sets) {
            List<TrainedVersion> judged = versions.stream()
                    .filter(version -> version.accuracy().containsKey(set))
                    .toList();
            chart.addSeries(
                            set,
                            judged.stream()
                                    .mapToDouble(TrainedVersion::identities)
                                    .toArray(),
                            judged.stream()
                                    .mapToDouble(
                                            version -> 100 * version.accuracy().get(set))
                                    .toArray())
                    .setLineStyle(new BasicStroke(2));
        }
        return svg(chart);
    }

    private static XYChart farChart(String y, ScoreCounts counts) {
        XYChart chart = chart("false accept rate", y);
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setXAxisLogarithmicDecadeOnly(true);
        chart.getStyler().setXAxisMax(1.0);
        chart.getStyler().setXAxisMin(decadeBelow(1.0 / counts.impostorPairs()));
        chart.getStyler().setLegendVisible(false);
        return chart;
    }

    /** A decade below 1 at most, so that there is an axis where there is one pair. */
    private static double decadeBelow(double value) {
        return Math.min(0.1, Math.pow(10, Math.floor(Math.log10(value) + 1e-9)));
    }

    private static void addCurve(XYChart chart, double[] x, double[] y) {
        XYSeries series = chart.addSeries("curve", x, y);
        series.setLineColor(GENUINE);
        series.setLineStyle(new BasicStroke(2));
        series.setMarker(SeriesMarkers.NONE);
    }

    private static XYChart distributionChart(String y, ScoreDistribution shown) {
        XYChart chart = chart("cosine similarity", y);
        chart.getStyler().setXAxisMin(shown.from());
        chart.getStyler().setXAxisMax(shown.to());
        chart.getStyler().setXAxisDecimalPattern(shown.to() - shown.from() < 0.5 ? "0.00" : "0.0");
        chart.getStyler().setXAxisTickMarkSpacingHint(60);
        legendBelow(chart);
        return chart;
    }

    private static void legendBelow(XYChart chart) {
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
        chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
    }

    /** Gives the highest value shown. */
    private static double addDistribution(
            XYChart chart, String name, Color color, ScoreDistribution distribution, double[] perBin) {
        double[] shares = Arrays.stream(perBin).map(share -> 100 * share).toArray();
        XYSeries series = chart.addSeries(name, distribution.centres(), shares);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Area);
        series.setFillColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), 90));
        series.setLineColor(color);
        series.setLineStyle(new BasicStroke(1.5f));
        series.setMarker(SeriesMarkers.NONE);
        return Arrays.stream(shares).max().orElseThrow();
    }

    private static XYChart chart(String x, String y) {
        XYChart chart = new XYChartBuilder()
                .width(560)
                .height(320)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setChartFontColor(INK);
        chart.getStyler().setPlotBorderVisible(false);
        chart.getStyler().setPlotGridLinesColor(GRID);
        chart.getStyler().setPlotGridLinesStroke(new BasicStroke(1));
        chart.getStyler().setAxisTickLabelsFont(font);
        chart.getStyler().setAxisTickLabelsColor(INK);
        chart.getStyler().setAxisTitleFont(font);
        chart.getStyler().setLegendFont(font);
        chart.getStyler().setLegendBorderColor(Color.WHITE);
        return chart;
    }

    private static String svg(XYChart chart) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            VectorGraphicsEncoder.saveVectorGraphic(chart, out, VectorGraphicsFormat.SVG);
            String document = out.toString(StandardCharsets.UTF_8);
            return document.substring(document.indexOf("<svg"));
        } catch (IOException e) {
            throw new UncheckedIOException("drawing a chart in memory", e);
        }
    }
}
