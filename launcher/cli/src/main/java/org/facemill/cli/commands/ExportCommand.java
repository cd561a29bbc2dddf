package org.facemill.cli.commands;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.ProgressDisplay;
import org.facemill.cli.output.Range;
import org.facemill.cli.output.Results;
import org.facemill.contracts.recipe.run.CopyKind;
import org.facemill.contracts.recipe.run.DatasetFormat;
import org.facemill.datasets.DatasetPacker;
import org.facemill.datasets.DatasetTarget;
import org.facemill.datasets.ImageDataset;
import org.facemill.datasets.ImageDatasets;
import org.facemill.datasets.Oversampling;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description = {
            "Pack a dataset into other forms; images stay as they are, byte by byte.",
            "Identities are numbered anew from 0, in the order of their labels."
        })
public final class ExportCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Mixin
    private Results results;

    @Parameters(
            paramLabel = "DIR",
            description = {"Dataset: one subfolder an identity,", "or packed as RecordIO, TFRecord or WebDataset."})
    private Path folder;

    @Option(
            names = "--format",
            required = true,
            split = ",",
            paramLabel = "FORMAT",
            description = "Forms wanted, each in a subfolder of its own: ${COMPLETION-CANDIDATES}.")
    private List<DatasetFormat> formats;

    @Option(
            names = "--copies",
            paramLabel = "K",
            defaultValue = "0",
            description =
                    "Further copies of each identity's first image, as ADMIS oversamples (default: ${DEFAULT-VALUE}).")
    @Range(min = 0, max = 1_000)
    private int copies;

    @Option(
            names = "--copy-kind",
            paramLabel = "KIND",
            defaultValue = "IDENTICAL",
            description =
                    "What these copies are: ${COMPLETION-CANDIDATES}; augmented ones are mirrored and distorted at random"
                            + " (default: ${DEFAULT-VALUE}).")
    private CopyKind copyKind;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of augmented copies (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Empty or new folder for the packed dataset.")
    private Path out;

    record Result(int identities, int images, List<DatasetFormat> formats, double seconds, Path out) {}

    @Override
    public Integer call() throws IOException {
        long start = System.nanoTime();
        try (ImageDataset dataset = ImageDatasets.open(folder)) {
            results.claim(out);
            Map<Integer, List<Integer>> classes = new TreeMap<>();
            for (int i = 0; i < dataset.size(); i++) {
                classes.computeIfAbsent(dataset.label(i), label -> new ArrayList<>())
                        .add(i);
            }
            pack(dataset, classes.values());
            int images = dataset.size() + copies * classes.size();
            output.result(
                    new Result(classes.size(), images, formats, (System.nanoTime() - start) / 1e9, out),
                    images + " images of " + classes.size() + " identities in " + out);
        }
        return 0;
    }

    private void pack(ImageDataset dataset, Collection<List<Integer>> classes) throws IOException {
        RgbImage first = Images.decode(dataset.image(0), dataset.name(0), Limits.DEFAULT);
        try (ProgressDisplay progress = output.progress("export", dataset.size(), "images");
                DatasetPacker packer = new DatasetPacker(
                        formats,
                        classes.size(),
                        dataset.size(),
                        new Oversampling(copies, copyKind, seed),
                        first.width(),
                        DatasetTarget.folder(out))) {
            int identity = 0;
            for (List<Integer> indices : classes) {
                packer.add(identity++, indices.stream().map(dataset::image).toList());
                progress.stepBy(indices.size());
            }
        }
    }
}
