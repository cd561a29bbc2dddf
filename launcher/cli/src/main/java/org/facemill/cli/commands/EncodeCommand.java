package org.facemill.cli.commands;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.Results;
import org.facemill.contracts.recipe.Names;
import org.facemill.evaluation.comparison.EmbeddingFiles;
import org.facemill.evaluation.comparison.FaceSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "encode",
        description = {
            "Write the embeddings of a dataset's images with their labels.",
            "The layout is that of IDiff-Face's encode.py: embeddings.npy and labels.npy, each one numpy array as torch.save stores it;"
                    + " beside them names.txt, the name of each row's image. `evaluate` and `audit` take the folder in a dataset's place."
        })
public final class EncodeCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Mixin
    private Results results;

    @Mixin
    private TorchOptions torch;

    @Parameters(
            paramLabel = "DATASET",
            description = {
                "Dataset of aligned 112x112 images:",
                "one subfolder an identity, or packed as RecordIO, TFRecord or WebDataset."
            })
    private Path dataset;

    @Option(
            names = "--model",
            paramLabel = "NAME|PATH",
            defaultValue = Names.REFERENCE_ENCODER,
            description = "Recogniser: `reference`, a model folder or a checkpoint (default: ${DEFAULT-VALUE}).")
    private String model;

    @Option(
            names = "--flip",
            description = "An image's embedding is the normalised sum of its own and its mirror image's.")
    private boolean flip;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the three files.")
    private Path out;

    record Result(String model, int identities, int images, int dimension, double seconds, Path out) {}

    @Override
    public Integer call() throws IOException {
        long start = System.nanoTime();
        output.require(FaceSources.wantsEncoder(dataset), dataset + ": holds embeddings already, no pictures");
        torch.apply();
        results.claim(out);
        try (FaceSources sources = new FaceSources(output, flip);
                FaceSet faces = sources.open(dataset, model)) {
            EmbeddingFiles.write(out, faces);
            output.result(
                    new Result(
                            model,
                            faces.identities(),
                            faces.images(),
                            faces.dimension(),
                            (System.nanoTime() - start) / 1e9,
                            out),
                    faces.images() + " embeddings of " + faces.identities() + " identities in " + out);
        }
        return 0;
    }
}
