package org.facemill.evaluation.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.facemill.evaluation.metrics.RocCurve;
import org.facemill.evaluation.metrics.ScoreCounts;
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

    private static final int BINS = 80;
    /** Share of the scores at either end that may lie outside of a chart: a recogniser's scores can fill a tenth of -1..1. */
    private static final double OUTSIDE = 5e-4;

    private static final double SMALLEST_RANGE = 0.02;
    private static final Color INK = new Color(0x33, 0x3B, 0x44);
    private static final Color GRID = new Color(0xE3, 0xE7, 0xEB);
    private static final Color GENUINE = new Color(0x0B, 0x7A, 0x75);
    private static final Color IMPOSTOR = new Color(0xC2, 0x4D, 0x2C);

    private Charts() {}

    /** Distribution of genuine and impostor scores: share of its pairs per bin. */
    static String scores(ScoreCounts counts, double threshold) {
        double[] range = range(counts);
        XYChart chart = distributionChart("share of pairs (%)", range);
        double highest = Math.max(
                addDistribution(chart, "impostor", IMPOSTOR, range, counts.scores(), counts.impostor()),
                addDistribution(chart, "genuine", GENUINE, range, counts.scores(), counts.genuine()));
        if (threshold >= range[0] && threshold <= range[1]) {
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
        double[] range = range(counts);
        XYChart chart = distributionChart("share of images (%)", range);
        addDistribution(chart, "nearest", GENUINE, range, counts.scores(), counts.genuine());
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

    private static XYChart distributionChart(String y, double[] range) {
        XYChart chart = chart("cosine similarity", y);
        chart.getStyler().setXAxisMin(range[0]);
        chart.getStyler().setXAxisMax(range[1]);
        chart.getStyler().setXAxisDecimalPattern(range[1] - range[0] < 0.5 ? "0.00" : "0.0");
        chart.getStyler().setXAxisTickMarkSpacingHint(60);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
        chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
        return chart;
    }

    /** Where nearly all scores of both kinds lie. */
    private static double[] range(ScoreCounts counts) {
        double low =
                Math.min(quantile(counts, counts.genuine(), OUTSIDE), quantile(counts, counts.impostor(), OUTSIDE));
        double high = Math.max(
                quantile(counts, counts.genuine(), 1 - OUTSIDE), quantile(counts, counts.impostor(), 1 - OUTSIDE));
        double margin = Math.max(0.02 * (high - low), (SMALLEST_RANGE - (high - low)) / 2);
        return new double[] {low - margin, high + margin};
    }

    /** The score below which a share of the pairs lies; of no pairs, one that no range depends on. */
    private static double quantile(ScoreCounts counts, long[] pairs, double share) {
        long total = Arrays.stream(pairs).sum();
        if (total == 0) {
            return share < 0.5 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        long below = 0;
        int i = 0;
        while (below + pairs[i] <= share * total) {
            below += pairs[i++];
        }
        return counts.scores()[i];
    }

    /** Gives the highest value shown. */
    private static double addDistribution(
            XYChart chart, String name, Color color, double[] range, double[] scores, long[] counts) {
        double width = (range[1] - range[0]) / BINS;
        double[] centres = new double[BINS];
        Arrays.setAll(centres, bin -> range[0] + (bin + 0.5) * width);
        double[] shares = new double[BINS];
        long total = Arrays.stream(counts).sum();
        for (int i = 0; i < scores.length; i++) {
            int bin = (int) Math.floor((scores[i] - range[0]) / width);
            if (bin >= 0 && bin < BINS) {
                shares[bin] += 100.0 * counts[i] / total;
            }
        }
        XYSeries series = chart.addSeries(name, centres, shares);
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
