package org.facemill.recognition.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.facemill.contracts.recipe.recogniser.RecogniserRecipe;
import org.facemill.datasets.ImageDataset;
import org.facemill.datasets.ImageDatasets;

/** The datasets of a recipe as one. */
public final class TrainingData {

    private TrainingData() {}

    /**
     * Opens the data, mixed; a class for each identity that has images.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ImageDataset open(List<RecogniserRecipe.Data> data) {
        if (data.isEmpty()) {
            throw new IllegalArgumentException("data: names no dataset; give at least one {path, weight}, or --data");
        }
        List<MixedDataset.Part> parts = new ArrayList<>();
        for (RecogniserRecipe.Data source : data) {
            parts.add(new MixedDataset.Part(
                    ImageDatasets.dense(ImageDatasets.open(Path.of(source.path()))), source.weight()));
        }
        return parts.size() == 1 && parts.get(0).weight() == 1 ? parts.get(0).dataset() : new MixedDataset(parts);
    }
}
