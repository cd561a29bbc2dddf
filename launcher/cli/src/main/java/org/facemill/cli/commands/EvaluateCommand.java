package org.facemill.cli.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.facemill.cli.output.CommandException;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.ProgressDisplay;
import org.facemill.cli.output.Results;
import org.facemill.datasets.ImageDataset;
import org.facemill.datasets.ImageDatasets;
import org.facemill.evaluation.comparison.Embeddings;
import org.facemill.evaluation.comparison.IdentitySeparation;
import org.facemill.evaluation.comparison.Separation;
import org.facemill.evaluation.metrics.SeparationMetrics;
import org.facemill.evaluation.report.ContactRow;
import org.facemill.evaluation.report.EvaluationReport;
import org.facemill.images.FacePoints;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.recognition.Encoder;
import org.facemill.recognition.Encoders;
import org.facemill.tensor.WholeFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "evaluate",
        description = {
            "Measure how well a recogniser separates the identities of a dataset.",
            "Writes report.json and report.html: score distributions, ROC, the papers' table, a contact sheet, outliers."
        })
public final class EvaluateCommand implements Callable<Integer> {

    private static final int SHOWN_IDENTITIES = 24;
    private static final int SHOWN_IMAGES = 8;

    @Mixin
    private Output output;

    @Mixin
    private Results results;

    @Mixin
    private TorchOptions torch;

    @Parameters(
            paramLabel = "DIR",
            description = {
                "Dataset of aligned 112x112 images:",
                "one subfolder an identity, or packed as RecordIO, TFRecord or WebDataset."
            })
    private Path folder;

    @Option(
            names = "--model",
            paramLabel = "NAME|PATH",
            defaultValue = "reference",
            description = "Recogniser: `reference`, a model folder or a checkpoint (default: ${DEFAULT-VALUE}).")
    private String model;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the report.")
    private Path out;

    record Result(
            String model,
            int identities,
            int images,
            double eer,
            double fmr100,
            double fmr1000,
            double auc,
            double genuineMean,
            double genuineStd,
            double impostorMean,
            double impostorStd,
            double fdr,
            double decidability,
            Map<String, Double> tarAtFar,
            double seconds,
            Path out) {}

    @Override
    public Integer call() throws IOException {
        long start = System.nanoTime();
        torch.apply();
        try (ImageDataset dataset = ImageDatasets.open(folder);
                Encoder encoder = Encoders.named(model).adapted(FacePoints.ARCFACE_112)) {
            results.claim(out);
            dataset.remarks().forEach(output::say);
            List<ContactRow> sheet = new ArrayList<>();
            Separation separation = separation(dataset, encoder, sheet);
            Map<String, String> facts = new LinkedHashMap<>();
            facts.put("dataset", folder.toString());
            facts.put("recogniser", model);
            write(EvaluationReport.of("Dataset " + folder.getFileName(), facts)
                    .with(separation)
                    .withContactSheet(sheet));
            report(separation, (System.nanoTime() - start) / 1e9);
        }
        return 0;
    }

    private Separation separation(ImageDataset dataset, Encoder encoder, List<ContactRow> sheet) {
        try (IdentitySeparation accumulator = new IdentitySeparation(encoder.dimension())) {
            encode(dataset, encoder, accumulator, sheet);
            if (!accumulator.measurable()) {
                throw new CommandException(
                        folder + ": " + accumulator.identities() + " identities with " + accumulator.images()
                                + " images; separation wants two identities, one of them with two images");
            }
            try (ProgressDisplay progress = output.progress("compare", accumulator.pendingPairs(), "pairs")) {
                return Separation.of(accumulator, progress::stepBy);
            }
        }
    }

    private void encode(ImageDataset dataset, Encoder encoder, IdentitySeparation separation, List<ContactRow> sheet) {
        Map<Integer, List<Integer>> classes = new TreeMap<>();
        for (int i = 0; i < dataset.size(); i++) {
            classes.computeIfAbsent(dataset.label(i), label -> new ArrayList<>())
                    .add(i);
        }
        try (ProgressDisplay progress = output.progress("evaluate", dataset.size(), "images")) {
            classes.forEach((label, indices) -> {
                List<RgbImage> images =
                        indices.stream().map(i -> aligned(dataset, i)).toList();
                float[][] rows = encoder.embed(images, i -> dataset.name(indices.get(i)));
                separation.add(label, Embeddings.normalised(dataset.name(indices.get(0)), rows));
                if (sheet.size() < SHOWN_IDENTITIES) {
                    sheet.add(new ContactRow(
                            "identity " + dataset.identity(label),
                            images.subList(0, Math.min(SHOWN_IMAGES, images.size()))));
                }
                progress.stepBy(images.size());
            });
        }
    }

    private static RgbImage aligned(ImageDataset dataset, int index) {
        RgbImage image = Images.decode(dataset.image(index), dataset.name(index), Limits.DEFAULT);
        int side = FacePoints.ARCFACE_112.size();
        if (image.width() != side || image.height() != side) {
            throw new CommandException("%s: %d x %d pixels, aligned images are %d x %d; run `facemill align` first"
                    .formatted(dataset.name(index), image.width(), image.height(), side, side));
        }
        return image;
    }

    private void write(EvaluationReport report) throws IOException {
        Files.createDirectories(out);
        WholeFiles.write(out.resolve("report.html"), report.html());
        WholeFiles.write(out.resolve("report.json"), report.json());
    }

    private void report(Separation separation, double seconds) {
        SeparationMetrics m = separation.metrics();
        output.result(
                new Result(
                        model,
                        separation.identities(),
                        separation.images(),
                        m.eer(),
                        m.fmr100(),
                        m.fmr1000(),
                        m.auc(),
                        m.genuineMean(),
                        m.genuineStd(),
                        m.impostorMean(),
                        m.impostorStd(),
                        m.fdr(),
                        m.decidability(),
                        m.tarAtFar(),
                        seconds,
                        out),
                String.format(
                        Locale.ROOT,
                        "%d identities, %d images: EER %.4f, FMR100 %.4f, FDR %.3f, AUC %.4f; report in %s",
                        separation.identities(),
                        separation.images(),
                        m.eer(),
                        m.fmr100(),
                        m.fdr(),
                        m.auc(),
                        out.resolve("report.html")));
    }
}
