package org.facemill.cli.commands;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.facemill.cli.output.CommandException;
import org.facemill.cli.output.Range;
import org.facemill.cli.output.Results;
import org.facemill.datasets.files.FileNames;
import org.facemill.datasets.files.Pictures;
import org.facemill.datasets.files.Pictures.Picture;
import org.facemill.recognition.Encoder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "embeddings",
        description = {
            "Embeddings of pictures by a recogniser: of each picture, or the mean of each identity's.",
            "Faces are found and aligned first, unless a picture is 112x112 (then it counts as aligned) or --whole is given."
        },
        exitCodeList = {
            "0:done",
            "1:failed, or a picture cannot be read or shows no face; contexts of the others are written",
            "2:bad usage"
        })
final class EmbeddedContextsCommand implements Callable<Integer> {

    private enum Unit {
        IMAGE,
        IDENTITY
    }

    @Mixin
    private ContextsOutput contexts;

    @Mixin
    private Results results;

    @Mixin
    private TorchOptions torch;

    @Mixin
    private PictureEmbedder embedder;

    @Parameters(paramLabel = "DIR", description = "Folder with .png and .jpg files, subfolders included.")
    private Path folder;

    @Option(
            names = "--per",
            paramLabel = "image|identity",
            defaultValue = "image",
            description =
                    "One context for each picture, by its path without suffix, or for each subfolder, by its name:"
                            + " the direction of the mean of its pictures' embeddings (default: ${DEFAULT-VALUE}).")
    private Unit per;

    @Option(
            names = "--identities",
            paramLabel = "N",
            description = "So many pictures or subfolders, chosen at random by --seed (default: all).")
    @Range(min = 1, max = 10_000_000)
    private Optional<Integer> identities;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "Another seed, another choice (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() throws IOException {
        long start = System.nanoTime();
        torch.apply();
        contexts.requireForm();
        Map<String, List<Picture>> groups = chosen(groups(Pictures.below(folder)));
        results.claimFile(contexts.out());
        List<Picture> pictures = groups.values().stream().flatMap(List::stream).toList();
        Map<Picture, float[]> embeddings;
        try (Encoder encoder = embedder.encoder()) {
            embeddings = embedder.embed(encoder, pictures, contexts.output());
        }
        Map<String, float[]> vectors = new LinkedHashMap<>();
        groups.forEach((name, group) -> mean(group.stream()
                        .filter(embeddings::containsKey)
                        .map(embeddings::get)
                        .toList())
                .ifPresent(vector -> vectors.put(name, vector)));
        if (vectors.isEmpty()) {
            throw new CommandException(folder + ": none of its " + pictures.size() + " pictures gives an embedding");
        }
        return contexts.writeApart("embeddings", vectors, pictures.size() - embeddings.size(), start);
    }

    /** Pictures by the name of their context, in natural order. */
    private Map<String, List<Picture>> groups(List<Picture> pictures) {
        Map<String, String> stems =
                FileNames.stems(pictures.stream().map(Picture::path).toList());
        Map<String, List<Picture>> groups = new LinkedHashMap<>();
        for (Picture picture : pictures) {
            String name = per == Unit.IMAGE ? stems.get(picture.path()) : identity(picture);
            groups.computeIfAbsent(name, key -> new ArrayList<>()).add(picture);
        }
        return groups;
    }

    private String identity(Picture picture) {
        int slash = picture.path().lastIndexOf('/');
        if (slash < 0) {
            throw new CommandException(picture.file() + ": whose picture is it? --per identity wants one subfolder for"
                    + " each identity");
        }
        return picture.path().substring(0, slash);
    }

    private Map<String, List<Picture>> chosen(Map<String, List<Picture>> groups) {
        if (identities.isEmpty()) {
            return groups;
        }
        contexts.output()
                .require(
                        identities.get() <= groups.size(),
                        "--identities " + identities.get() + ": " + folder + " holds " + groups.size());
        List<String> names = new ArrayList<>(groups.keySet());
        Collections.shuffle(names, new Random(seed));
        groups.keySet().retainAll(names.subList(0, identities.get()));
        return groups;
    }

    /** The direction of the vectors' mean; of a single one as it is. */
    private static Optional<float[]> mean(List<float[]> vectors) {
        if (vectors.size() < 2) {
            return vectors.stream().findFirst();
        }
        double[] sum = new double[vectors.get(0).length];
        for (float[] vector : vectors) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += vector[i];
            }
        }
        double squares = 0;
        for (double value : sum) {
            squares += value * value;
        }
        float[] mean = new float[sum.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sum[i] / Math.sqrt(squares));
        }
        return Optional.of(mean);
    }
}
