package org.facemill.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import org.facemill.tensor.DType;
import org.facemill.tensor.TensorFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A parameter w that starts at 3, the loss (w x)^2, so that the gradient is 2 w x^2. */
class TrainingTest {
    private static final Init THREE = Init.constant(3);

    @TempDir
    Path folder;

    private static Graph step(BiConsumer<Recorder, Gradients> update) {
        Recorder recorder = new Recorder(Recorder.Mode.TRAINING);
        Value loss = recorder.parameter("w", THREE, 1)
                .mul(recorder.input("x"))
                .square()
                .sum();
        Gradients gradients = Gradients.of(recorder, loss);
        recorder.output("norm", gradients.norm());
        update.accept(recorder, gradients);
        recorder.output("loss", loss.detach());
        return recorder.finish("step");
    }

    private static List<DeviceTensor> run(Network network, Scope scope, double x, double rate) {
        return network.run(scope, scope.scalar((float) x), scope.scalar((float) rate));
    }

    @Test
    void gradients_and_losses_are_exact() {
        Graph graph = step((recorder, gradients) -> Optimizers.sgd(gradients, recorder.input("lr"), 0, 0));

        try (Parameters parameters = Parameters.initialise(graph, 1);
                Network network = Network.load(graph, parameters);
                Scope scope = Scope.open()) {
            List<DeviceTensor> results = run(network, scope, 2, 0.125);

            assertThat(results.get(0).item()).as("2 * 3 * 2^2").isEqualTo(24);
            assertThat(results.get(1).item()).as("(3 * 2)^2").isEqualTo(36);
            assertThat(parameters.get("w").item()).as("3 - 24 / 8").isZero();
        }
    }

    @Test
    void sgd_follows_its_definition_with_momentum_and_weight_decay() {
        Graph graph = step((recorder, gradients) -> Optimizers.sgd(gradients, recorder.input("lr"), 0.9, 0.1));
        double w = 3;
        double momentum = 0;

        try (Parameters parameters = Parameters.initialise(graph, 1);
                Network network = Network.load(graph, parameters);
                Scope scope = Scope.open()) {
            for (int i = 0; i < 5; i++) {
                run(network, scope, 0.5, 0.1);
                momentum = 0.9 * momentum + 2 * w * 0.25 + 0.1 * w;
                w -= 0.1 * momentum;
                assertThat(parameters.get("w").item()).isEqualTo((float) w, within(1e-6f));
            }
        }
    }

    @Test
    void adam_follows_its_definition() {
        Graph graph = step((recorder, gradients) -> Optimizers.adam(gradients, recorder.input("lr")));
        double w = 3;
        double mean = 0;
        double square = 0;

        try (Parameters parameters = Parameters.initialise(graph, 1);
                Network network = Network.load(graph, parameters);
                Scope scope = Scope.open()) {
            for (int i = 1; i <= 5; i++) {
                run(network, scope, i, 0.1);
                double gradient = 2 * w * i * i;
                mean = 0.9 * mean + 0.1 * gradient;
                square = 0.999 * square + 0.001 * gradient * gradient;
                w -= 0.1 * mean / (1 - Math.pow(0.9, i)) / (Math.sqrt(square / (1 - Math.pow(0.999, i))) + 1e-8);
                assertThat(parameters.get("w").item()).isEqualTo((float) w, within(2e-6f));
            }
        }
    }

    @Test
    void clipping_limits_the_norm_and_tells_the_one_before() {
        Graph graph = step((recorder, gradients) -> {
            recorder.output("before", gradients.clip(6));
            recorder.output("after", gradients.norm());
            Optimizers.sgd(gradients, recorder.input("lr"), 0, 0);
        });

        try (Parameters parameters = Parameters.initialise(graph, 1);
                Network network = Network.load(graph, parameters);
                Scope scope = Scope.open()) {
            List<DeviceTensor> results = run(network, scope, 2, 0.5);

            assertThat(results.get(1).item()).isEqualTo(24);
            assertThat(results.get(2).item()).isEqualTo(6, within(1e-5f));
            assertThat(parameters.get("w").item()).isEqualTo(0, within(1e-5f));
        }
    }

    @Test
    void the_average_trails_the_parameters() {
        Graph graph = step((recorder, gradients) -> {
            Optimizers.sgd(gradients, recorder.input("lr"), 0, 0);
            Optimizers.average(gradients, recorder.input("decay"));
        });

        try (Parameters parameters = Parameters.initialise(graph, 1);
                Network network = Network.load(graph, parameters);
                Scope scope = Scope.open()) {
            network.run(scope, scope.scalar(1f), scope.scalar(0f), scope.scalar(0f));
            assertThat(parameters.get("ema.w").item())
                    .as("decay 0 takes the parameter over")
                    .isEqualTo(3);
            network.run(scope, scope.scalar(1f), scope.scalar(0.5f), scope.scalar(0.75f));

            assertThat(parameters.get("w").item()).isZero();
            assertThat(parameters.get("ema.w").item()).isEqualTo(2.25f, within(1e-6f));
        }
    }

    @Test
    void saved_and_loaded_it_goes_on_as_if_it_had_not_stopped() throws IOException {
        Graph graph = step((recorder, gradients) -> Optimizers.adam(gradients, recorder.input("lr")));
        Path file = folder.resolve("state.safetensors");
        float uncut;

        try (Parameters parameters = Parameters.initialise(graph, 1);
                Network network = Network.load(graph, parameters);
                Scope scope = Scope.open()) {
            run(network, scope, 1.1, 0.1);
            parameters.save(file, name -> true);
            run(network, scope, 1.3, 0.1);
            uncut = parameters.get("w").item();
        }
        try (TensorFile saved = TensorFile.open(file);
                Parameters parameters = Parameters.load(graph, "state", saved.tensors());
                Network network = Network.load(graph, parameters);
                Scope scope = Scope.open()) {
            run(network, scope, 1.3, 0.1);

            assertThat(parameters.get("w").item()).isEqualTo(uncut);
        }
    }

    @Test
    void in_bf16_the_parameters_stay_f32() {
        Recorder recorder = new Recorder(Recorder.Mode.TRAINING, DType.BF16);
        Value y = new Layers(recorder).linear("f", recorder.input("x").to(DType.BF16), 4, 4);
        Gradients gradients = Gradients.of(recorder, y.to(DType.F32).square().mean());
        Optimizers.sgd(gradients, recorder.input("lr"), 0, 0);
        recorder.output("norm", gradients.norm());
        Graph graph = recorder.finish("bf16");

        try (Parameters parameters = Parameters.initialise(graph, 1);
                Network network = Network.load(graph, parameters);
                Scope scope = Scope.open()) {
            float before = parameters.get("f.weight").floats()[0];
            network.run(scope, scope.floats(new float[] {1, 2, 3, 4}, 1, 4), scope.scalar(1e-4f));
            float after = parameters.get("f.weight").floats()[0];

            assertThat(after)
                    .as("a change too small for bf16")
                    .isNotEqualTo(before)
                    .isEqualTo(before, within(1e-2f));
        }
    }

    @Test
    void a_loss_that_leaves_a_parameter_out_is_an_error() {
        Recorder recorder = new Recorder(Recorder.Mode.TRAINING);
        recorder.parameter("unused", THREE, 1);
        Value loss = recorder.parameter("w", THREE, 1).mul(recorder.input("x")).sum();
        recorder.output("norm", Gradients.of(recorder, loss).norm());
        Graph graph = recorder.finish("unused");

        try (Parameters parameters = Parameters.initialise(graph, 1);
                Network network = Network.load(graph, parameters);
                Scope scope = Scope.open()) {
            assertThatThrownBy(() -> network.run(scope, scope.scalar(1f))).hasMessageContaining("not have been used");
        }
    }

    @Test
    void thousands_of_steps_under_garbage_collection_keep_numbers_right_and_memory_flat() throws IOException {
        Graph graph = step((recorder, gradients) -> Optimizers.adam(gradients, recorder.input("lr")));

        try (Parameters parameters = Parameters.initialise(graph, 1);
                Network network = Network.load(graph, parameters)) {
            long before = 0;
            for (int i = 0; i < 3000; i++) {
                try (Scope scope = Scope.open()) {
                    List<DeviceTensor> results = run(network, scope, 2, 0);
                    if (i % 500 == 0) {
                        churn();
                    }
                    assertThat(results.get(0).item()).isEqualTo(24);
                }
                before = i == 1000 ? residentKilobytes() : before;
            }

            assertThat(residentKilobytes() - before)
                    .as("kB grown in 2000 steps")
                    .isLessThan(32 * 1024);
        }
    }

    /** Collects, and writes over what was freed. */
    private static void churn() {
        System.gc();
        for (int i = 0; i < 5000; i++) {
            ByteBuffer.allocateDirect(8).putFloat(0, 1e6f);
        }
    }

    private static long residentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
