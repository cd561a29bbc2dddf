package org.facemill.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TorchTest {

    @Test
    void auto_takes_the_first_gpu_where_there_is_one() {
        assertThat(Torch.gpu("auto", 2)).hasValue(0);
        assertThat(Torch.gpu("auto", 0)).isEmpty();
    }

    @Test
    void a_device_that_is_named_is_taken_or_refused_with_the_remedy() {
        assertThat(Torch.gpu("cpu", 2)).isEmpty();
        assertThat(Torch.gpu("cuda:1", 2)).hasValue(1);
        assertThatThrownBy(() -> Torch.gpu("cuda:1", 1))
                .hasMessageContaining("facemill.device=cuda:1: libtorch sees 1 CUDA device")
                .hasMessageContaining("set facemill.device=cpu");
        assertThatThrownBy(() -> Torch.gpu("gpu", 1)).hasMessage("facemill.device=gpu: expected auto, cpu or cuda:N");
    }
}
