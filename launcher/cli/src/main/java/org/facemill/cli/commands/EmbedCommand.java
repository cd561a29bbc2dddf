package org.facemill.cli.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.Results;
import org.facemill.datasets.files.FileNames;
import org.facemill.datasets.files.Pictures;
import org.facemill.datasets.files.Pictures.Picture;
import org.facemill.recognition.Encoder;
import org.facemill.tensor.Npy;
import org.facemill.tensor.Npz;
import org.facemill.tensor.Tensor;
import org.facemill.tensor.WholeFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "embed",
        description = {
            "Write the embeddings of all pictures under a folder.",
            "Faces are found and aligned first, unless a picture is 112x112 (then it counts as aligned) or --whole is given."
        },
        exitCodeList = {
            "0:done",
            "1:failed, or a picture cannot be read or shows no face; the others are written",
            "2:bad usage"
        })
public final class EmbedCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Mixin
    private Results results;

    @Mixin
    private TorchOptions torch;

    @Mixin
    private PictureEmbedder embedder;

    @Parameters(paramLabel = "DIR", description = "Folder with .png and .jpg files, subfolders included.")
    private Path folder;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE|DIR",
            description =
                    "A .npz holds one array a picture, by its path without suffix (with it where two pictures differ in nothing"
                            + " else); a .npy one array [pictures, dimension], in the natural order of their paths, with zeros"
                            + " where no face was found, beside a .txt of the paths row by row; a folder one .npy a picture."
                            + " train-ldm takes each as contexts.")
    private Path out;

    /**
     * @param failed   pictures that could not be read, or show no face
     * @param asStored whether EXIF orientation and colour profiles were passed over
     */
    record Result(String model, int images, int failed, int dimension, boolean asStored, double seconds, Path out) {}

    @Override
    public Integer call() throws IOException {
        torch.apply();
        long start = System.nanoTime();
        List<Picture> files = Pictures.below(folder);
        if (isFolder()) {
            results.claim(out);
        } else {
            results.claimFile(out);
        }
        try (Encoder encoder = embedder.encoder()) {
            Map<Picture, float[]> embeddings = embedder.embed(encoder, files, output);
            write(files, embeddings, encoder.dimension());
            int failed = files.size() - embeddings.size();
            output.result(
                    new Result(
                            embedder.model(),
                            files.size(),
                            failed,
                            encoder.dimension(),
                            embedder.asStored(),
                            (System.nanoTime() - start) / 1e9,
                            out),
                    embeddings.size() + " embeddings of " + files.size() + " pictures in " + out);
            return failed == 0 ? 0 : 1;
        }
    }

    private boolean isFolder() {
        return !out.toString().endsWith(".npz") && !out.toString().endsWith(".npy");
    }

    private void write(List<Picture> files, Map<Picture, float[]> embeddings, int dimension) throws IOException {
        List<String> paths = files.stream().map(Picture::path).toList();
        if (isFolder()) {
            Map<String, String> names = FileNames.ofFiles(paths);
            for (Map.Entry<Picture, float[]> embedding : embeddings.entrySet()) {
                Path file = out.resolve(names.get(embedding.getKey().path()) + ".npy");
                Files.createDirectories(file.getParent());
                Npy.write(file, Tensor.of(new long[] {dimension}, embedding.getValue()));
            }
        } else if (out.toString().endsWith(".npz")) {
            Map<String, String> names = FileNames.stems(paths);
            Map<String, Tensor> arrays = new LinkedHashMap<>();
            embeddings.forEach(
                    (file, row) -> arrays.put(names.get(file.path()), Tensor.of(new long[] {dimension}, row)));
            WholeFiles.write(out, path -> Npz.write(path, arrays));
        } else {
            float[] all = new float[files.size() * dimension];
            for (int i = 0; i < files.size(); i++) {
                float[] row = embeddings.getOrDefault(files.get(i), new float[dimension]);
                System.arraycopy(row, 0, all, i * dimension, dimension);
            }
            Tensor rows = Tensor.of(new long[] {files.size(), dimension}, all);
            // the names first: an array without them pairs with nothing
            String names = FileNames.stem(out.getFileName().toString()) + ".txt";
            WholeFiles.write(out.resolveSibling(names), String.join("\n", paths) + "\n");
            WholeFiles.write(out, path -> Npy.write(path, rows));
        }
    }
}
