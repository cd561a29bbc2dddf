package org.facemill.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.facemill.tensor.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TileGridTest {

    @ParameterizedTest
    @CsvSource({"1,4", "2,4", "4,4", "5,4", "16,4", "4,5", "16,5", "7,5"})
    void layoutIsTorchvisions(int count, int columns) {
        var golden = Golden.json("08_align_eval/grids/case.json").get("grids").get("n" + count + "_nrow" + columns);

        RgbImage block = new TileGrid(4, columns, count).compose(numbered(count));

        assertThat(block.height()).isEqualTo(golden.get("shape_padding0").get(1).asInt());
        assertThat(block.width()).isEqualTo(golden.get("shape_padding0").get(2).asInt());
        for (int y = 0; y < block.height(); y++) {
            for (int x = 0; x < block.width(); x++) {
                assertThat(block.rgb(x, y, 0))
                        .isEqualTo(golden.get("cells").get(y / 4).get(x / 4).asInt());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"50,4", "16,5", "1,4"})
    void cuttingGivesTheTilesBackWithoutPadding(int count, int columns) {
        TileGrid grid = new TileGrid(4, columns, count);
        List<RgbImage> tiles = numbered(count);

        assertThat(grid.cut(grid.compose(tiles))).isEqualTo(tiles);
    }

    @Test
    void aBlockOfOtherDimensionsIsRefused() {
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> new TileGrid(4, 4, 16).cut(new RgbImage(16, 20, new byte[16 * 20 * 3])))
                .withMessageContaining("is 16 x 16 pixels, this one is 16 x 20");
    }

    private static List<RgbImage> numbered(int count) {
        List<RgbImage> tiles = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            byte[] pixels = new byte[48];
            Arrays.fill(pixels, (byte) i);
            tiles.add(new RgbImage(4, 4, pixels));
        }
        return tiles;
    }
}
