package org.facemill.evaluation;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
    private static final Color INK = new Color(0x33, 0x3B, 0x44);
    private static final Color GRID = new Color(0xE3, 0xE7, 0xEB);
    private static final Color GENUINE = new Color(0x0B, 0x7A, 0x75);
    private static final Color IMPOSTOR = new Color(0xC2, 0x4D, 0x2C);

    private Charts() {}

    /** Distribution of genuine and impostor scores: share of its pairs per bin. */
    static String scores(ScoreCounts counts) {
        double low = Math.min(0.9, Math.floor(counts.scores()[0] * 10) / 10);
        double high = Math.min(1, Math.floor(counts.scores()[counts.scores().length - 1] * 10 + 1) / 10);
        double width = (high - low) / BINS;
        double[] centres = new double[BINS];
        Arrays.setAll(centres, bin -> low + (bin + 0.5) * width);
        XYChart chart = chart("cosine similarity", "share of pairs (%)");
        addDistribution(chart, "impostor", IMPOSTOR, centres, shares(counts.scores(), counts.impostor(), low, width));
        addDistribution(chart, "genuine", GENUINE, centres, shares(counts.scores(), counts.genuine(), low, width));
        chart.getStyler().setXAxisMin(low);
        chart.getStyler().setXAxisMax(high);
        chart.getStyler().setXAxisDecimalPattern("0.0");
        chart.getStyler().setXAxisTickMarkSpacingHint(60);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
        chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
        return svg(chart);
    }

    /** True accept rate over the logarithm of the false accept rate. */
    static String roc(ScoreCounts counts) {
        RocCurve curve = RocCurve.of(counts, EvaluationReport.CURVE_POINTS);
        XYChart chart = chart("false accept rate", "true accept rate (%)");
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setXAxisLogarithmicDecadeOnly(true);
        chart.getStyler().setXAxisMax(1.0);
        chart.getStyler().setXAxisMin(Math.pow(10, Math.floor(Math.log10(1.0 / counts.impostorPairs()) + 1e-9)));
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setYAxisMax(100.0);
        chart.getStyler().setLegendVisible(false);
        XYSeries series = chart.addSeries(
                "ROC", curve.far(), Arrays.stream(curve.tar()).map(t -> 100 * t).toArray());
        series.setLineColor(GENUINE);
        series.setLineStyle(new BasicStroke(2));
        series.setMarker(SeriesMarkers.NONE);
        return svg(chart);
    }

    private static double[] shares(double[] scores, long[] counts, double low, double width) {
        double[] shares = new double[BINS];
        long total = Arrays.stream(counts).sum();
        for (int i = 0; i < scores.length; i++) {
            int bin = Math.min(BINS - 1, (int) ((scores[i] - low) / width));
            shares[bin] += 100.0 * counts[i] / total;
        }
        return shares;
    }

    private static void addDistribution(XYChart chart, String name, Color color, double[] x, double[] y) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Area);
        series.setFillColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), 90));
        series.setLineColor(color);
        series.setLineStyle(new BasicStroke(1.5f));
        series.setMarker(SeriesMarkers.NONE);
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
