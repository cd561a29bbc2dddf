package org.facemill.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.facemill.tensor.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {

    private static final RgbImage NOISE = noise(37, 21);

    @Test
    void pngGivesBackTheSamePixelsAndTheSameBytes() {
        byte[] png = Images.png(NOISE);

        assertThat(Images.decode(png, "noise", Limits.DEFAULT)).isEqualTo(NOISE);
        assertThat(Images.png(NOISE)).isEqualTo(png);
    }

    @Test
    void onePixelIsAPicture() {
        RgbImage pixel = new RgbImage(1, 1, new byte[] {1, 2, (byte) 254});

        assertThat(Images.decode(Images.png(pixel), "pixel", Limits.DEFAULT)).isEqualTo(pixel);
    }

    @Test
    void jpegIsDecodedNearToWhatWasWritten() throws IOException {
        BufferedImage flat = new BufferedImage(16, 16, BufferedImage.TYPE_3BYTE_BGR);
        fill(flat, new Color(200, 100, 50));

        RgbImage decoded = Images.decode(encode(flat, "jpeg"), "flat.jpg", Limits.DEFAULT);

        assertThat(new int[] {decoded.rgb(8, 8, 0), decoded.rgb(8, 8, 1), decoded.rgb(8, 8, 2)})
                .satisfies(rgb -> assertNear(rgb, 200, 100, 50, 3));
    }

    @Test
    void jpegsOfOurOwnCanBeRead() {
        RgbImage flat = new RgbImage(9, 5, new byte[9 * 5 * 3]);

        RgbImage decoded = Images.decode(Images.jpeg(flat, 0.9f), "black.jpg", Limits.DEFAULT);

        assertThat(decoded.width()).isEqualTo(9);
        assertThat(decoded.rgb(4, 2, 1)).isLessThan(3);
    }

    @Test
    void greyKeepsItsValues() throws IOException {
        BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSample(0, 0, 0, 100);
        grey.getRaster().setSample(1, 0, 0, 201);

        RgbImage decoded = Images.decode(encode(grey, "png"), "grey.png", Limits.DEFAULT);

        assertThat(decoded.pixels()).isEqualTo(new byte[] {100, 100, 100, (byte) 201, (byte) 201, (byte) 201});
    }

    @Test
    void greyJpegKeepsItsValues() throws IOException {
        BufferedImage grey = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 64; i++) {
            grey.getRaster().setSample(i % 8, i / 8, 0, 100);
        }

        RgbImage decoded = Images.decode(encode(grey, "jpeg"), "grey.jpg", Limits.DEFAULT);

        assertThat(decoded.rgb(4, 4, 0)).isBetween(99, 101);
    }

    @Test
    void sixteenBitSamplesAreScaledToEight() throws IOException {
        BufferedImage grey = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
        grey.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {0, 32_896, 65_535});

        RgbImage decoded = Images.decode(encode(grey, "png"), "deep.png", Limits.DEFAULT);

        assertThat(decoded.rgb(0, 0, 0)).isZero();
        assertThat(decoded.rgb(1, 0, 1)).isEqualTo(128);
        assertThat(decoded.rgb(2, 0, 2)).isEqualTo(255);
    }

    @Test
    void sixteenBitColourIsScaledToEight() throws IOException {
        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, BufferedImage.OPAQUE, DataBuffer.TYPE_USHORT);
        WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
        raster.setPixel(0, 0, new int[] {65_535, 32_896, 257});

        RgbImage decoded =
                Images.decode(encode(new BufferedImage(model, raster, false, null), "png"), "deep.png", Limits.DEFAULT);

        assertThat(decoded.pixels()).isEqualTo(new byte[] {(byte) 255, (byte) 128, 1});
    }

    @Test
    void alphaIsDropped() throws IOException {
        BufferedImage argb = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
        argb.setRGB(0, 0, 0x40_C8_64_32);

        RgbImage decoded = Images.decode(encode(argb, "png"), "alpha.png", Limits.DEFAULT);

        assertThat(decoded.pixels()).isEqualTo(new byte[] {(byte) 200, 100, 50});
    }

    @Test
    void palettesAreResolved() throws IOException {
        BufferedImage indexed = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_INDEXED);
        fill(indexed, new Color(255, 0, 0));

        RgbImage decoded = Images.decode(encode(indexed, "png"), "palette.png", Limits.DEFAULT);

        assertThat(decoded.crop(0, 0, 1, 1).pixels()).isEqualTo(new byte[] {(byte) 255, 0, 0});
    }

    @Test
    void cmykJpegBecomesRgb() throws IOException {
        WritableRaster cmyk = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
        for (int i = 0; i < 256; i++) {
            cmyk.setPixel(i % 16, i / 16, inverted(255, 0, 0, 0));
        }

        RgbImage decoded = Images.decode(withAdobeMarker(encode(cmyk)), "cmyk.jpg", Limits.DEFAULT);

        assertThat(decoded.rgb(8, 8, 0)).isLessThan(80);
        assertThat(decoded.rgb(8, 8, 2)).isGreaterThan(150);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg"})
    void everyTruncationIsRefused(String format) throws IOException {
        byte[] whole = encode(NOISE.toBufferedImage(), format);

        for (int length = 0; length < whole.length - 1; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatExceptionOfType(ImageException.class)
                    .as("%s cut to %d of %d bytes", format, length, whole.length)
                    .isThrownBy(() -> Images.decode(cut, "cut", Limits.DEFAULT))
                    .withMessageStartingWith("cut: ");
        }
    }

    @Test
    void aFlippedBitInAPngIsRefused() {
        byte[] png = Images.png(NOISE);
        png[png.length / 2] ^= 4;

        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> Images.decode(png, "flipped", Limits.DEFAULT))
                .withMessageContaining("wrong checksum in chunk IDAT");
    }

    @Test
    void foreignBytesAreRefused() {
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> Images.decode("GIF89a......".getBytes(), "a.gif", Limits.DEFAULT))
                .withMessage("a.gif: neither PNG nor JPEG; convert it to one of these");
    }

    @Test
    void tooWideIsRefusedByItsHeaderAlone() {
        byte[] header = pngOf(20_000, 20_000);

        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> Images.decode(header, "wide.png", Limits.DEFAULT))
                .withMessageStartingWith("wide.png: 20000 x 20000 pixels, the limit is 8192 a side");
    }

    @Test
    void tooManyPixelsAreRefusedByTheHeaderAlone() {
        byte[] header = pngOf(8_000, 8_000);

        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> Images.decode(header, "large.png", Limits.DEFAULT))
                .withMessageContaining("33554432 in all");
    }

    @Test
    void tooManyBytesAreRefusedBeforeTheFileIsRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("long.png");
        Files.write(file, new byte[2 << 20]);

        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> Images.decode(file, new Limits(100, 100)))
                .withMessageContaining("2097152 bytes");
    }

    @Test
    void resizeIsTorchsBilinearWithoutAntialiasing() {
        float[] in = Golden.floats("08_align_eval/align/resize_in_uint8_128.npy");
        float[] expected = Golden.floats("08_align_eval/align/resize_112_antialias_false.npy");
        byte[] pixels = new byte[128 * 128 * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) in[i];
        }

        RgbImage resized = Images.resizeBilinear(new RgbImage(128, 128, pixels), 112, 112);

        int plane = 112 * 112;
        for (int i = 0; i < expected.length; i++) {
            int actual = resized.rgb(i % plane % 112, i % plane / 112, i / plane);
            assertThat((float) actual).isCloseTo(expected[i], within(0.5001f));
        }
    }

    @Test
    void writtenFilesCanBeRead(@TempDir Path folder) {
        Path file = folder.resolve("a/b/c.png");

        Images.writePng(file, NOISE);

        assertThat(Images.decode(file, Limits.DEFAULT)).isEqualTo(NOISE);
    }

    /** A header of the given size, an empty data chunk and the end mark. */
    private static byte[] pngOf(int width, int height) {
        ByteBuffer png = ByteBuffer.allocate(8 + 25 + 12 + 12);
        png.putLong(0x89504E470D0A1A0AL);
        chunk(
                png,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) 8)
                        .put((byte) 2)
                        .array());
        chunk(png, "IDAT", new byte[0]);
        chunk(png, "IEND", new byte[0]);
        return png.array();
    }

    private static void chunk(ByteBuffer png, String type, byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(type.getBytes());
        crc.update(data);
        png.putInt(data.length).put(type.getBytes()).put(data).putInt((int) crc.getValue());
    }

    private static RgbImage noise(int width, int height) {
        byte[] pixels = new byte[width * height * 3];
        new Random(7).nextBytes(pixels);
        return new RgbImage(width, height, pixels);
    }

    private static void fill(BufferedImage image, Color color) {
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.dispose();
    }

    private static void assertNear(int[] rgb, int r, int g, int b, int tolerance) {
        assertThat(rgb[0]).isBetween(r - tolerance, r + tolerance);
        assertThat(rgb[1]).isBetween(g - tolerance, g + tolerance);
        assertThat(rgb[2]).isBetween(b - tolerance, b + tolerance);
    }

    private static byte[] encode(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    /** Ink as the files of Adobe's programs hold it: 255 is none. */
    private static int[] inverted(int... inks) {
        return Arrays.stream(inks).map(ink -> 255 - ink).toArray();
    }

    private static byte[] withAdobeMarker(byte[] jpeg) {
        byte[] marker = HexFormat.of().parseHex("ffee000e41646f626500640000000000");
        ByteBuffer marked = ByteBuffer.allocate(jpeg.length + marker.length);
        return marked.put(jpeg, 0, 2).put(marker).put(jpeg, 2, jpeg.length - 2).array();
    }

    private static byte[] encode(Raster raster) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(new IIOImage(raster, null, null));
        }
        writer.dispose();
        return bytes.toByteArray();
    }
}
