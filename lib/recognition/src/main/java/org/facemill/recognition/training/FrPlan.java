package org.facemill.recognition.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.facemill.datasets.ImageDataset;
import org.facemill.datasets.ImageDatasets;

/**
 * A training with the files that it works on, as a recipe file holds it.
 *
 * @param data       datasets of aligned faces in any form; several are mixed, each with classes of its own
 * @param benchmarks verification sets ({@code lfw.bin} and its like) whose mean accuracy is taken after each epoch
 * @param holdout    last identities of the data kept out of training; where there are no benchmarks, they are verified
 * @param recipe     how it is trained
 */
public record FrPlan(List<Data> data, List<Path> benchmarks, int holdout, FrRecipe recipe) {

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /**
     * One dataset.
     *
     * @param path   its folder; relative to the working directory
     * @param weight times that each of its images is seen in an epoch, a whole number
     */
    public record Data(Path path, int weight) {}

    public FrPlan {
        data = List.copyOf(data);
        benchmarks = List.copyOf(benchmarks);
    }

    /**
     * Reads a recipe file in YAML or JSON; every field must be there.
     *
     * @throws IllegalArgumentException if the file is no recipe; names the field
     */
    public static FrPlan read(Path file) throws IOException {
        try {
            return YAML.readValue(Files.readString(file), FrPlan.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + ": " + e.getOriginalMessage(), e);
        }
    }

    /** This plan on other data. */
    public FrPlan on(Path dataset) {
        return new FrPlan(List.of(new Data(dataset, 1)), benchmarks, holdout, recipe);
    }

    /** Opens the data, mixed; a class for each identity that has images. */
    public ImageDataset open() {
        List<MixedDataset.Part> parts = new ArrayList<>();
        for (Data source : data) {
            parts.add(new MixedDataset.Part(ImageDatasets.dense(ImageDatasets.open(source.path())), source.weight()));
        }
        return parts.size() == 1 && parts.get(0).weight() == 1 ? parts.get(0).dataset() : new MixedDataset(parts);
    }
}
