package org.facemill.ldm;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.facemill.contracts.recipe.generator.LdmRecipe;
import org.facemill.tensor.WholeFiles;

/**
 * A trained generator's card, for people.
 *
 * @param pictures in the training set, mirrored ones counted
 */
record ModelCard(LdmRecipe recipe, TrainingMetrics metrics, int pictures) {

    private static final String FILE = "MODEL_CARD.md";
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .addModule(new Jdk8Module())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .serializationInclusion(JsonInclude.Include.NON_ABSENT)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build();

    void write(Path model) throws IOException {
        WholeFiles.write(model.resolve(FILE), text(model.getFileName().toString()));
    }

    private String text(String name) throws IOException {
        LdmRecipe.Training training = recipe.training();
        return """
                # %s

                A generator of faces, trained by Facemill%s: %s.

                - **Data**: %s; %d pictures of %dx%d. Licence: %s.
                - **Training**: %d steps of %d, seed %d, %s.%s
                - **Mean loss** of the last hundred steps or so: %.4f.%s

                What it is good for is not measured here: sample it, then `facemill align`, `facemill evaluate`.

                ## Recipe

                ```yaml
                %s```
                """.formatted(
                        name,
                        commit().map(commit -> " at commit " + commit).orElse(""),
                        kind(),
                        data(),
                        pictures,
                        recipe.imageSize(),
                        recipe.imageSize(),
                        recipe.data().licence(),
                        training.steps(),
                        training.batchSize(),
                        recipe.seed(),
                        training.precision().name().toLowerCase(Locale.ROOT),
                        firstStage(),
                        metrics.loss().mean(),
                        error(),
                        YAML.writeValueAsString(recipe))
                .replaceAll("(?m) +$", "");
    }

    private String kind() {
        return (recipe.latent()
                        ? "IDiff-Face's U-Net on the latents of a VQ autoencoder"
                        : "IDiff-Face's U-Net on pixels")
                + (recipe.model().isContextConditional() ? ", conditioned on identity contexts" : ", unconditional");
    }

    private String data() {
        return recipe.data()
                .painted()
                .map(painted -> "painted faces (lib/painter, seed %d, %d identities x %d); nothing of any real person"
                        .formatted(painted.seed(), painted.identities(), painted.images()))
                .orElseGet(() ->
                        "pictures of " + recipe.data().folder().orElseThrow().images());
    }

    private String firstStage() {
        return recipe.autoencoder()
                .map(shape -> " Autoencoder: %d steps%s."
                        .formatted(
                                steps(shape.phases()),
                                shape.decoderPhases()
                                        .map(phases -> ", then the decoder alone %d".formatted(steps(phases)))
                                        .orElse("")))
                .or(() -> recipe.firstStage().map(given -> " Autoencoder: as given, %s.".formatted(given)))
                .orElse("");
    }

    private static long steps(List<LdmRecipe.Phase> phases) {
        return phases.stream().mapToLong(LdmRecipe.Phase::steps).sum();
    }

    private String error() {
        return recipe.autoencoder().isPresent()
                ? " Mean absolute error of the autoencoder, before quantisation: %.2f of 255."
                        .formatted(metrics.error().mean())
                : "";
    }

    /** Of the sources that trained it, where whoever started the program knows. */
    private static Optional<String> commit() {
        return Optional.ofNullable(System.getenv("FACEMILL_COMMIT")).filter(commit -> !commit.isBlank());
    }
}
