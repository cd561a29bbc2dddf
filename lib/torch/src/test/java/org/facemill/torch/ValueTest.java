package org.facemill.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.facemill.torch.Recorded.array;
import static org.facemill.torch.Recorded.counting;
import static org.facemill.torch.Recorded.of;
import static org.facemill.torch.Recorded.vector;

import org.facemill.tensor.DType;
import org.junit.jupiter.api.Test;

class ValueTest {
    private static void assertValues(float[] actual, double... expected) {
        assertThat(actual).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).as("element %d", i).isEqualTo(expected[i], within(2e-6));
        }
    }

    @Test
    void arithmetic_is_elementwise_and_broadcasts() {
        assertValues(of(vector(1, 2), x -> x.add(1.5)), 2.5, 3.5);
        assertValues(of(counting(2, 2), vector(10, 20), Value::add), 10, 21, 12, 23);
        assertValues(of(vector(3, 4), vector(1, 6), Value::sub), 2, -2);
        assertValues(of(vector(3, 4), x -> x.mul(-2)), -6, -8);
        assertValues(of(vector(3, 4), vector(2, 8), Value::div), 1.5, 0.5);
        assertValues(of(vector(3, -4), Value::neg), -3, 4);
        assertValues(of(vector(3, -4), Value::abs), 3, 4);
        assertValues(of(vector(3, -4), Value::square), 9, 16);
        assertValues(of(vector(9, 2), Value::sqrt), 3, 1.41421356);
        assertValues(of(vector(0, 1), Value::exp), 1, 2.7182818);
        assertValues(of(vector(0, 1), Value::sin), 0, 0.84147098);
        assertValues(of(vector(0, 1), Value::cos), 1, 0.54030231);
        assertValues(of(vector(1, 0.5), Value::acos), 0, 1.04719755);
        assertValues(of(vector(-2, 0.3, 9), x -> x.clamp(-1, 1)), -1, 0.3, 1);
    }

    @Test
    void activations_follow_their_definitions() {
        assertValues(of(vector(-1, 2), Value::relu), 0, 2);
        assertValues(of(vector(-1, 2), Value::silu), -0.26894142, 1.76159416);
        assertValues(of(vector(-1, 2), Value::gelu), -0.15865525, 1.95449974);
        assertValues(of(vector(-1, 2), Value::sigmoid), 0.26894142, 0.88079708);
        assertValues(of(vector(0, 1), x -> x.softmax(0)), 0.26894142, 0.73105858);
    }

    @Test
    void shapes_change_as_in_pytorch() {
        assertValues(of(counting(2, 3), x -> x.reshape(3, -1).select(0, 1)), 2, 3);
        assertValues(of(counting(2, 3), x -> x.reshape(x.size(1), x.size(0)).select(1, 0)), 0, 2, 4);
        assertValues(of(counting(2, 1, 2), x -> x.flatten(1).select(1, 1)), 1, 3);
        assertValues(of(counting(2, 3), x -> x.permute(1, 0)), 0, 3, 1, 4, 2, 5);
        assertValues(of(counting(2, 3), x -> x.transpose(0, 1)), 0, 3, 1, 4, 2, 5);
        assertValues(of(counting(2), counting(2, 2), (x, y) -> x.unsqueeze(1).add(y)), 0, 1, 3, 4);
        assertValues(of(counting(2, 1), x -> x.squeeze(1).add(x)), 0, 1, 1, 2);
        assertValues(of(counting(2, 1), x -> x.expand(-1, 2)), 0, 0, 1, 1);
        assertValues(of(counting(1, 2), x -> x.pad(1, 0, 0, 1)), 0, 0, 1, 0, 0, 0);
        assertValues(of(counting(1, 2, 1, 2), Value::channelsLast), 0, 1, 2, 3);
    }

    @Test
    void reductions_take_the_dimensions_given() {
        assertValues(of(counting(2, 3), Value::sum), 15);
        assertValues(of(counting(2, 3), x -> x.sum(0, false)), 3, 5, 7);
        assertValues(of(counting(2, 3), Value::mean), 2.5);
        assertValues(of(counting(2, 3), x -> x.mean(new int[] {0, 1}, true)), 2.5);
        assertValues(of(array(new float[] {3, 4, 0, 2}, 2, 2), x -> x.norm(1, false)), 5, 2);
        assertValues(of(array(new float[] {3, 4, 0, 0}, 2, 2), x -> x.normalize(1)), 0.6, 0.8, 0, 0);
        assertValues(of(array(new float[] {1, 7, 7, 0}, 1, 4), x -> x.argmax(1)), 1);
        assertValues(of(array(new float[] {1, 0, 7, 0}, 1, 4), x -> x.argmin(1)), 1);
    }

    @Test
    void products_and_choices() {
        assertValues(of(counting(2, 2), counting(2, 2), Value::matmul), 2, 3, 6, 11);
        assertValues(of(vector(1, 2, 3), x -> x.gt(2)), 0, 0, 1);
        assertValues(of(vector(1, 2, 3), x -> x.eq(2)), 0, 1, 0);
        assertValues(of(vector(1, 2, 3), x -> x.gt(2).where(x, x.neg())), -1, -2, 3);
        assertValues(
                of(
                        counting(2, 2),
                        vector(1, 0),
                        (x, i) -> x.gather(1, i.to(DType.I64).unsqueeze(1))),
                1,
                2);
        assertValues(of(counting(3, 2), vector(2, 0), (x, i) -> x.rows(i.to(DType.I64))), 4, 5, 0, 1);
    }

    @Test
    void images_are_pooled_and_enlarged() {
        assertValues(of(counting(1, 1, 2, 4), x -> x.maxPool2d(2, 2, 0, false)), 5, 7);
        assertValues(of(counting(1, 1, 3, 3), x -> x.maxPool2d(2, 2, 0, true)), 4, 5, 7, 8);
        assertValues(of(counting(1, 1, 2, 4), x -> x.avgPool2d(2, 2)), 2.5, 4.5);
        assertValues(of(counting(1, 1, 2, 4), x -> x.adaptiveAvgPool2d(1, 1)), 3.5);
        assertValues(of(counting(1, 1, 1, 2), x -> x.upsampleNearest(2)), 0, 0, 1, 1, 0, 0, 1, 1);
    }

    @Test
    void functions_of_the_recorder() {
        assertValues(of(vector(1), vector(2), (x, y) -> x.recorder().cat(0, x, y)), 1, 2);
        assertValues(of(vector(1, 5), x -> x.recorder().range(3, x)), 0, 1, 2);
        assertValues(of(vector(1, 5), vector(3, 4), (x, y) -> x.recorder().mse(x, y)), 2.5);
        assertValues(
                of(
                        array(new float[] {2, 2, 0, 0, 1, 2}, 3, 2),
                        counting(2, 2),
                        (x, y) -> x.recorder().nearest(x, y)),
                1,
                0,
                0);
        assertValues(
                of(counting(1, 2, 1), counting(1, 2, 1), (x, y) -> x.recorder().attention(x, y, y)), 0.5, 0.73105858);
    }

    @Test
    void an_unknown_function_is_refused_with_its_name_when_it_is_loaded() {
        assertThatThrownBy(() -> of(vector(1), x -> x.recorder().op("torch.no_such_thing", x)))
                .hasMessageContaining("no_such_thing");
    }
}
