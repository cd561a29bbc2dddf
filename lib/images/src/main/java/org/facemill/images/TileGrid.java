package org.facemill.images;

import java.util.ArrayList;
import java.util.List;

/**
 * Square tiles in reading order, without gaps; what is left of the last row is black. The layout is that of
 * {@code torchvision.utils.make_grid(tiles, nrow=columns, padding=0)}: fewer tiles than columns make a narrower grid.
 *
 * @param tileSize pixels a side of one tile
 * @param columns tiles in a row at most
 * @param count tiles in all; cells beyond it are padding and never come out
 */
public record TileGrid(int tileSize, int columns, int count) {

    public TileGrid {
        if (tileSize < 1 || columns < 1 || count < 1) {
            throw new IllegalArgumentException("a grid wants positive numbers, got tile size %d, columns %d, count %d"
                    .formatted(tileSize, columns, count));
        }
    }

    /** Width of the whole picture in pixels. */
    public int width() {
        return Math.multiplyExact(Math.min(columns, count), tileSize);
    }

    /** Height of the whole picture in pixels. */
    public int height() {
        return Math.multiplyExact((count + columns - 1) / columns, tileSize);
    }

    /** Lays out exactly {@code count} tiles of {@code tileSize} pixels a side. */
    public RgbImage compose(List<RgbImage> tiles) {
        if (tiles.size() != count) {
            throw new IllegalArgumentException("the grid holds " + count + " tiles, got " + tiles.size());
        }
        byte[] pixels = new byte[Math.multiplyExact(Math.multiplyExact(width(), height()), 3)];
        for (int i = 0; i < count; i++) {
            RgbImage tile = tiles.get(i);
            if (tile.width() != tileSize || tile.height() != tileSize) {
                throw new IllegalArgumentException("tile %d is %d x %d, the grid wants %d x %d"
                        .formatted(i, tile.width(), tile.height(), tileSize, tileSize));
            }
            for (int y = 0; y < tileSize; y++) {
                int row = i / columns * tileSize + y;
                System.arraycopy(
                        tile.pixels(),
                        y * tileSize * 3,
                        pixels,
                        (row * width() + i % columns * tileSize) * 3,
                        tileSize * 3);
            }
        }
        return new RgbImage(width(), height(), pixels);
    }

    /**
     * The {@code count} tiles in order.
     *
     * @throws ImageException if the picture has other dimensions than this grid
     */
    public List<RgbImage> cut(RgbImage image) {
        if (image.width() != width() || image.height() != height()) {
            throw new ImageException(
                    "a block of %d tiles of %d x %d in %d columns is %d x %d pixels, this one is %d x %d"
                            .formatted(
                                    count,
                                    tileSize,
                                    tileSize,
                                    columns,
                                    width(),
                                    height(),
                                    image.width(),
                                    image.height()));
        }
        List<RgbImage> tiles = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            tiles.add(image.crop(i % columns * tileSize, i / columns * tileSize, tileSize, tileSize));
        }
        return tiles;
    }
}
