package org.facemill.cli.commands;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.ProgressDisplay;
import org.facemill.cli.output.Range;
import org.facemill.cli.output.Results;
import org.facemill.contracts.recipe.run.CopyKind;
import org.facemill.datasets.DatasetCheck;
import org.facemill.datasets.DatasetPacker;
import org.facemill.datasets.DatasetTarget;
import org.facemill.datasets.Identity;
import org.facemill.datasets.ImageDataset;
import org.facemill.datasets.ImageDatasets;
import org.facemill.datasets.Oversampling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description = {
            "Pack a dataset in other formats; images stay as they are, byte by byte.",
            "Every image is decoded first; one that cannot be, or has another size than most, is said and left out (exit code 1). "
                    + "Identities keep their numbers; identities.csv beside each format says which name has which."
        })
public final class ExportCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Mixin
    private Results results;

    @Parameters(
            paramLabel = "DIR",
            description = {
                "Dataset: one subfolder an identity, or pictures called IDENTITY_NUMBER;",
                "or packed in one of the formats of --format."
            })
    private Path folder;

    @Option(
            names = "--format",
            required = true,
            split = ",",
            paramLabel = "FORMAT",
            converter = RegisteredName.Format.class,
            completionCandidates = RegisteredName.Format.class,
            description = "Formats wanted, each in a subfolder of its own: ${COMPLETION-CANDIDATES}.")
    private List<String> formats;

    @Option(
            names = "--field",
            paramLabel = "NAME",
            description =
                    "Field of WebDataset samples that holds the image, where they have several, such as face.jpg.")
    private Optional<String> field;

    @Option(names = "--renumber", description = "Number identities anew from 0, without gaps.")
    private boolean renumber;

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

    /**
     * @param images packed, copies counted
     * @param failed images that were left out
     */
    record Result(
            int identities,
            int images,
            int failed,
            List<DatasetCheck.Failure> failures,
            List<String> formats,
            double seconds,
            Path out) {}

    @Override
    public Integer call() throws IOException {
        long start = System.nanoTime();
        try (ImageDataset dataset = ImageDatasets.open(folder, field)) {
            dataset.remarks().forEach(output::say);
            results.claim(out);
            DatasetCheck check = check(dataset);
            check.failures().forEach(failure -> output.say(failure.image() + ": " + failure.reason()));
            pack(dataset, check);
            int identities = check.good().size();
            int failed = check.failures().size();
            Result result = new Result(
                    identities,
                    check.images() + copies * identities,
                    failed,
                    check.failures(),
                    formats,
                    (System.nanoTime() - start) / 1e9,
                    out);
            output.result(
                    result,
                    result.images() + " images of " + identities + " identities in " + out
                            + (failed == 0 ? "" : "; " + failed + " failed, as said above"));
            return failed == 0 ? 0 : 1;
        }
    }

    private DatasetCheck check(ImageDataset dataset) {
        try (ProgressDisplay progress = output.progress("check", dataset.size(), "images")) {
            return DatasetCheck.of(dataset, progress::step);
        }
    }

    private void pack(ImageDataset dataset, DatasetCheck check) throws IOException {
        List<Identity> identities = new ArrayList<>();
        check.good()
                .forEach((label, images) -> identities.add(
                        new Identity(renumber ? identities.size() : label, dataset.identity(label), images.size())));
        try (ProgressDisplay progress = output.progress("export", check.images(), "images");
                DatasetPacker packer = new DatasetPacker(
                        formats,
                        identities,
                        new Oversampling(copies, copyKind, seed),
                        check.width(),
                        check.height(),
                        DatasetTarget.folder(out))) {
            int ordinal = 0;
            for (List<Integer> images : check.good().values()) {
                packer.add(ordinal++, images.stream().map(dataset::image).toList());
                progress.stepBy(images.size());
            }
            packer.finish();
        }
    }
}
