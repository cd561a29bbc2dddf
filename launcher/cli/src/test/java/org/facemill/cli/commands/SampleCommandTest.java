package org.facemill.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.facemill.cli.Run;
import org.facemill.contracts.Noise;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.TileGrid;
import org.facemill.tensor.Golden;
import org.facemill.tensor.Npz;
import org.facemill.tensor.Safetensors;
import org.facemill.tensor.Tensor;
import org.facemill.tensor.TensorFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the small network of golden/05_sampling, on pixels. */
class SampleCommandTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void writeModelAndContexts() throws IOException {
        Path model = Files.createDirectory(folder.resolve("model"));
        Files.copy(Golden.path("05_sampling/model.ckpt"), model.resolve("model.ckpt"));
        Files.writeString(model.resolve("config.yaml"), "latent_diffusion: false\nconstants: {image_size: 16}\n");
        Map<String, Tensor> contexts = new LinkedHashMap<>();
        for (String name : List.of("ann", "bob", "cy")) {
            contexts.put(name, Tensor.of(new long[] {512}, Noise.unitVector(1, contexts.size(), 512)));
        }
        Npz.write(folder.resolve("contexts.npz"), contexts);
    }

    private Run sample(String... more) {
        List<String> args = new ArrayList<>(List.of(
                "sample",
                "--model",
                folder.resolve("model").toString(),
                "--contexts",
                folder.resolve("contexts.npz").toString(),
                "--out",
                folder.resolve("blocks").toString(),
                "--json"));
        args.addAll(Arrays.asList(more));
        if (!args.contains("--steps")) {
            args.addAll(List.of("--steps", "3"));
        }
        return Run.facemill(args.toArray(String[]::new));
    }

    @Test
    void everyIdentityGetsABlockOfItsImages() throws IOException {
        Run run = sample("--identities", "2", "--images", "5");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().get("identities").intValue()).isEqualTo(2);
        assertThat(run.json().get("images").intValue()).isEqualTo(10);
        assertThat(folder.resolve("blocks"))
                .isDirectoryContaining("glob:**ann.png")
                .isDirectoryContaining("glob:**bob.png")
                .isDirectoryNotContaining("glob:**cy.png");
        var block = Images.decode(folder.resolve("blocks/bob.png"), Limits.DEFAULT);
        assertThat(List.of(block.width(), block.height())).containsExactly(64, 32);
    }

    @Test
    void anUnconditionalModelSamplesWithoutContexts() throws IOException {
        Run run = facesOfNobody("--images", "3");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().get("images").intValue()).isEqualTo(3);
        var block = Images.decode(folder.resolve("blocks/0.png"), Limits.DEFAULT);
        assertThat(new TileGrid(16, 4, 3).cut(block)).doesNotHaveDuplicates();

        Run more = facesOfNobody("--images", "3", "--identities", "2", "--out", folder + "/more");

        assertThat(more.json().get("identities").intValue()).isEqualTo(2);
        assertThat(folder.resolve("more/0.png")).hasSameBinaryContentAs(folder.resolve("blocks/0.png"));
        assertThat(Files.readAllBytes(folder.resolve("more/1.png")))
                .isNotEqualTo(Files.readAllBytes(folder.resolve("more/0.png")));
    }

    @Test
    void contextsAreForModelsThatTakeThemAndForNoOthers() throws IOException {
        Run unheeded = facesOfNobody("--contexts", folder + "/contexts.npz");

        assertThat(unheeded.exitCode()).isEqualTo(2);
        assertThat(unheeded.err()).contains("unconditional and takes none");
        assertThat(folder.resolve("blocks")).doesNotExist();

        Run missing = Run.facemill("sample", "--model", folder + "/model", "--out", folder + "/blocks");

        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).contains("--contexts FILE is missing");
    }

    /** By the unconditional network of golden/02_unet, on pixels. */
    private Run facesOfNobody(String... more) throws IOException {
        Path model = folder.resolve("nobody");
        if (!Files.exists(model)) {
            Files.createDirectory(model);
            Files.copy(Golden.path("02_unet/uncond_adagn/model.ckpt"), model.resolve("model.ckpt"));
            Files.writeString(model.resolve("config.yaml"), "latent_diffusion: false\nconstants: {image_size: 16}\n");
        }
        List<String> args = new ArrayList<>(List.of("sample", "--model", model.toString(), "--steps", "2", "--json"));
        args.addAll(List.of(more));
        if (!args.contains("--out")) {
            args.addAll(List.of("--out", folder + "/blocks"));
        }
        return Run.facemill(args.toArray(String[]::new));
    }

    @Test
    void blocksThatAreThereAreKeptAndTheRestIsSampledAsBefore() throws IOException {
        sample("--images", "2");
        byte[] before = Files.readAllBytes(folder.resolve("blocks/bob.png"));
        Files.delete(folder.resolve("blocks/bob.png"));

        Run again = sample("--images", "2");

        assertThat(again.json().get("identities").intValue()).isEqualTo(1);
        assertThat(Files.readAllBytes(folder.resolve("blocks/bob.png"))).isEqualTo(before);
    }

    @Test
    void namesThatLookAlikeAsFilesAreBlocksOfTheirOwn() throws IOException {
        Map<String, Tensor> contexts = new LinkedHashMap<>();
        for (String name :
                List.of("\u674e\u96f7", "\u97e9\u6885", "anna/0001", "anna_0001", "Bob", "bob", "..", "a b", "a\tb")) {
            contexts.put(name, Tensor.of(new long[] {512}, Noise.unitVector(1, contexts.size(), 512)));
        }
        Npz.write(folder.resolve("contexts.npz"), contexts);

        Run run = sample("--images", "1", "--steps", "2");

        assertThat(run.json().get("identities").intValue()).isEqualTo(9);
        try (Stream<Path> blocks = Files.list(folder.resolve("blocks"))) {
            assertThat(blocks.map(block -> block.getFileName().toString().toLowerCase(Locale.ROOT))
                            .filter(name -> name.endsWith(".png")))
                    .hasSize(9)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void blocksOfOtherContextsAreNotKept() throws IOException {
        sample("--images", "1");
        Npz.write(
                folder.resolve("contexts.npz"),
                Map.of("ann", Tensor.of(new long[] {512}, Noise.unitVector(2, 0, 512))));

        assertThat(sample("--images", "1").err()).contains("--contexts has changed");
        assertThat(sample("--images", "1", "--seed", "9").err()).contains("--seed was 1, now 9");
    }

    @Test
    void wrongUsageIsNamed() {
        assertThat(sample("--sampler", "euler").err())
                .contains("no sampling method is called 'euler'; there are ddpm, ddim, ddim-faithful, dpm++");
        assertThat(sample("--sampler", "euler").exitCode()).isEqualTo(2);
        assertThat(sample("--identities", "4").err()).contains("holds 3");
        assertThat(sample("--steps", "1001").err()).contains("steps=1001");
        assertThat(sample("--steps", "1001").exitCode()).isEqualTo(2);
    }

    @Test
    void stepsThatAreKeptLeadFromNoiseToTheImages() throws IOException {
        Run run = sample("--images", "2", "--identities", "1", "--keep-steps", "0,2,3");

        assertThat(run.exitCode()).as(run.err()).isZero();
        Path steps = folder.resolve("blocks/steps/ann");
        byte[] block = Files.readAllBytes(folder.resolve("blocks/ann.png"));
        assertThat(steps).isDirectoryNotContaining("glob:**1.png");
        assertThat(Files.readAllBytes(steps.resolve("3.png"))).isEqualTo(block);
        assertThat(Files.readAllBytes(steps.resolve("2.png"))).isNotEqualTo(block);
        assertThat(Files.readAllBytes(steps.resolve("0.png"))).isNotEqualTo(Files.readAllBytes(steps.resolve("2.png")));
    }

    @Test
    void aStepThatTheMethodDoesNotTakeCannotBeKept() {
        Run run = sample("--keep-steps", "0,4");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--keep-steps [0, 4]: there are 3 steps");
    }

    @Test
    void whatWasRefusedLeavesTheFolderToTheNextTry() {
        sample("--steps", "1001");

        assertThat(sample("--images", "1").exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "--guidance, NaN",
        "--guidance, 1e30",
        "--guidance, -1",
        "--guidance, Infinity",
        "--eta, NaN",
        "--eta, 2",
        "--eta, -1",
        "--steps, 0",
        "--guidance-from, -1",
        "--guidance-to, 0"
    })
    void numbersThatAreNoneOrOutOfRangeAreRefused(String option, String value) {
        Run run = sample("--sampler", "ddim", option, value);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(option);
        assertThat(folder.resolve("blocks")).doesNotExist();
    }

    @Test
    void guidanceIsLimitedToStepsThatThereAre() {
        assertThat(sample("--images", "1", "--guidance", "3", "--guidance-from", "200", "--guidance-to", "700")
                        .exitCode())
                .isZero();
        assertThat(sample("--guidance", "3", "--guidance-from", "700", "--guidance-to", "200")
                        .err())
                .contains("guidance from step 700 to before 200");
        assertThat(sample("--guidance", "3", "--guidance-from", "1000").exitCode())
                .isEqualTo(2);
    }

    @Test
    void anIdentityWhoseNumbersAreNotFiniteFailsAndLeavesNoBlock() throws IOException {
        Path model = folder.resolve("model/model.ckpt");
        try (TensorFile original = TensorFile.open(model)) {
            Map<String, Tensor> weights = new LinkedHashMap<>(original.tensors());
            float[] bias = weights.get("eps_model.image_proj.bias").floats();
            bias[0] = Float.NaN;
            weights.put("eps_model.image_proj.bias", Tensor.of(new long[] {bias.length}, bias));
            Safetensors.write(folder.resolve("model/unet.safetensors"), weights, Map.of());
        }

        Run run = sample("--identities", "2", "--images", "2");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.json().get("failed").intValue()).isEqualTo(2);
        assertThat(run.json().get("identities").intValue()).isZero();
        assertThat(run.err()).contains("ann: image 0 cannot be sampled: a latent is NaN");
        assertThat(folder.resolve("blocks")).isDirectoryNotContaining("glob:**.png");
    }

    @Test
    void oneOfSeveralCheckpointsIsNamed() throws IOException {
        Path model = folder.resolve("model");
        Files.move(model.resolve("model.ckpt"), model.resolve("model_1.ckpt"));
        Files.copy(model.resolve("model_1.ckpt"), model.resolve("model_2.ckpt"));

        Run several = sample("--images", "1");

        assertThat(several.exitCode()).isEqualTo(1);
        assertThat(several.err()).contains("model_1.ckpt, model_2.ckpt").contains("--checkpoint FILE");
        assertThat(sample("--images", "1", "--checkpoint", "model_2.ckpt").exitCode())
                .isZero();
    }

    @Test
    void aModelThatIsNotThereIsNamedWithWhatWasExpected() {
        System.setProperty("facemill.home", folder.toString());

        Run run = Run.facemill(
                "sample",
                "--model",
                "absent",
                "--contexts",
                folder.resolve("contexts.npz").toString(),
                "--out",
                folder.resolve("blocks").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("--model absent");
    }
}
