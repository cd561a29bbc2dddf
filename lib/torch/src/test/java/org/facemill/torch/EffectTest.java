package org.facemill.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.facemill.tensor.DType;
import org.junit.jupiter.api.Test;

class EffectTest {

    @Test
    void changes_in_place_of_a_list_s_elements_reach_the_parameters_and_add_no_result() {
        Recorder recorder = new Recorder(Recorder.Mode.INFERENCE);
        Value counter = recorder.buffer("counter", DType.F32, Init.ZEROS);
        recorder.effect("torch._foreach_add_", List.of(counter), 1);
        recorder.output("x", recorder.input("x"));
        Graph graph = recorder.finish("counting");

        try (Parameters parameters = Parameters.initialise(graph, 1);
                Network network = Network.load(graph, parameters);
                Scope scope = Scope.open()) {
            network.apply(scope, scope.scalar(5f));
            network.apply(scope, scope.scalar(5f));

            assertThat(parameters.get("counter").item()).isEqualTo(2);
        }
    }
}
