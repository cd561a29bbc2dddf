package org.facemill.recognition.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingDataTest {

    @Test
    void noDataIsRefused() {
        assertThatThrownBy(() -> TrainingData.open(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("data");
    }

    @Test
    void mixedDatasetsKeepTheirClassesApartAndComeByWeight() {
        StripedFaces authentic = new StripedFaces(2, 3, 1);
        StripedFaces synthetic = new StripedFaces(4, 2, 2);

        MixedDataset mixed =
                new MixedDataset(List.of(new MixedDataset.Part(authentic, 2), new MixedDataset.Part(synthetic, 1)));

        assertThat(mixed.size()).isEqualTo(20);
        assertThat(mixed.classes()).isEqualTo(6);
        assertThat(mixed.label(11)).isEqualTo(1);
        assertThat(mixed.image(11)).isEqualTo(authentic.image(5));
        assertThat(mixed.label(12)).isEqualTo(2);
        assertThat(mixed.label(19)).isEqualTo(5);
    }

    @Test
    void heldOutClassesAreLabelledFromZero() {
        StripedFaces faces = new StripedFaces(5, 2, 1);

        LabelRange heldOut = new LabelRange(faces, 3, 5);

        assertThat(heldOut.size()).isEqualTo(4);
        assertThat(heldOut.label(0)).isZero();
        assertThat(heldOut.label(3)).isEqualTo(1);
        assertThat(heldOut.image(3)).isEqualTo(faces.image(9));
    }
}
