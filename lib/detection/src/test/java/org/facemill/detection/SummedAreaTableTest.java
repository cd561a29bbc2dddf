package org.facemill.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.facemill.images.RgbImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummedAreaTableTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 37, 29, 12, 12",
        "5, 3, 30, 28, 24, 24",
        "10, 11, 14, 16, 24, 24",
        "36, 28, 37, 29, 3, 2",
    })
    void poolsAsAdaptiveAveragePoolingDoes(int left, int top, int right, int bottom, int columns, int rows) {
        RgbImage image = noise(37, 29);
        Region region = new Region(left, top, right, bottom);
        float[] pooled = new float[3 * columns * rows];

        new SummedAreaTable(image, 0).pool(region, columns, rows, new SummedAreaTable.Strip(0, rows), pooled, 0);

        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < rows; y++) {
                for (int x = 0; x < columns; x++) {
                    assertThat(pooled[(c * rows + y) * columns + x])
                            .isCloseTo(
                                    (float) ((mean(image, region, columns, rows, x, y, c) - 127.5) / 128),
                                    within(1e-6f));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 4", "4, 5", "9, 1"})
    void aStripIsThoseRowsOfTheWhole(int first, int count) {
        SummedAreaTable table = new SummedAreaTable(noise(20, 20), 0);
        Region region = new Region(0, 0, 20, 20);
        float[] whole = new float[3 * 10 * 10];
        float[] strip = new float[3 * count * 10];

        table.pool(region, 10, 10, new SummedAreaTable.Strip(0, 10), whole, 0);
        table.pool(region, 10, 10, new SummedAreaTable.Strip(first, count), strip, 0);

        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < count * 10; i++) {
                assertThat(strip[c * count * 10 + i]).isEqualTo(whole[c * 100 + first * 10 + i]);
            }
        }
    }

    private static double mean(RgbImage image, Region region, int columns, int rows, int column, int row, int channel) {
        double sum = 0;
        int pixels = 0;
        for (int y = (int) Math.floor((double) row * region.height() / rows);
                y < Math.ceil((row + 1.0) * region.height() / rows);
                y++) {
            for (int x = (int) Math.floor((double) column * region.width() / columns);
                    x < Math.ceil((column + 1.0) * region.width() / columns);
                    x++) {
                sum += image.rgb(region.left() + x, region.top() + y, channel);
                pixels++;
            }
        }
        return sum / pixels;
    }

    private static RgbImage noise(int width, int height) {
        byte[] pixels = new byte[width * height * 3];
        new Random(7).nextBytes(pixels);
        return new RgbImage(width, height, pixels);
    }
}
