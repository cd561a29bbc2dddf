package org.facemill.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.facemill.tensor.TensorFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportedCaseTest {

    @TempDir
    Path folder;

    @Test
    void a_case_holds_the_archive_the_parameters_before_the_run_and_what_went_in_and_out() throws IOException {
        Recorder recorder = new Recorder(Recorder.Mode.TRAINING);
        Value loss = recorder.parameter("w", Init.constant(3), 1)
                .mul(recorder.input("x"))
                .square()
                .sum();
        Optimizers.sgd(Gradients.of(recorder, loss), recorder.input("lr"), 0, 0);
        recorder.output("loss", loss.detach());
        Graph graph = recorder.finish("step");

        try (Parameters parameters = Parameters.initialise(graph, 1);
                Scope scope = Scope.open()) {
            ExportedCase.write(folder, graph, parameters, scope.scalar(2f), scope.scalar(0.125f));
        }

        try (TensorFile written = TensorFile.open(folder.resolve("case.safetensors"));
                ZipFile archive = new ZipFile(folder.resolve("network.pt").toFile())) {
            assertThat(written.get("parameter.0").floats()).containsExactly(3);
            assertThat(written.get("input.0").floats()).containsExactly(2);
            assertThat(written.get("input.1").floats()).containsExactly(0.125f);
            assertThat(written.get("output.0").floats()).containsExactly(36);
            String script = new String(archive.getInputStream(archive.getEntry("network/code/__torch__.py"))
                    .readAllBytes());
            assertThat(script).isEqualTo(graph.script());
        }
    }
}
