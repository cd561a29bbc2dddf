package org.facemill.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.facemill.cli.Run;
import org.facemill.contracts.Noise;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.painter.FacePainter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One painted face in every encoding that is met with, and files that are no faces: each has a clear outcome. */
class AlignEveryKindOfPictureTest {

    private static final RgbImage FACE =
            new FacePainter().paint(Noise.unitVector(7, 1, 512), 7, 1, 0).image();

    @TempDir
    private Path folder;

    private Path in;

    @BeforeEach
    void makeFolder() throws IOException {
        in = Files.createDirectory(folder.resolve("in"));
    }

    @Test
    void facesInEveryEncodingAreAligned() throws IOException {
        Images.writePng(in.resolve("plain.png"), FACE);
        Files.write(in.resolve("photograph.jpg"), Images.jpeg(FACE, 0.95f));
        write(sixteenBits(), "sixteen-bits.png");
        write(drawn(BufferedImage.TYPE_BYTE_GRAY), "grey.png");
        write(drawn(BufferedImage.TYPE_USHORT_GRAY), "grey-sixteen-bits.png");
        write(drawn(BufferedImage.TYPE_INT_ARGB), "alpha.png");
        Files.write(in.resolve("cmyk.jpg"), cmyk());

        Run run = align();

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.json().get("aligned").intValue()).isEqualTo(7);
        RgbImage plain = Images.decode(folder.resolve("out/plain.png"), Limits.DEFAULT);
        for (String same : new String[] {"sixteen-bits", "alpha"}) {
            byte[] pixels = Images.decode(folder.resolve("out/" + same + ".png"), Limits.DEFAULT)
                    .pixels();
            // the detector's rounding depends on the place in its batch, which may move points by a hair
            assertThat(IntStream.range(0, pixels.length)
                            .map(i -> Math.abs((pixels[i] & 0xFF) - (plain.pixels()[i] & 0xFF)))
                            .average()
                            .orElseThrow())
                    .as(same)
                    .isLessThan(1);
        }
    }

    @Test
    void whatIsNoFaceIsNamedWithItsReason() throws IOException {
        byte[] png = Images.png(FACE);
        byte[] jpeg = Images.jpeg(FACE, 0.9f);
        Files.write(in.resolve("cut.png"), Arrays.copyOf(png, png.length / 2));
        Files.write(in.resolve("cut.jpg"), Arrays.copyOf(jpeg, jpeg.length / 2));
        Files.write(in.resolve("empty.png"), new byte[0]);
        Images.writePng(in.resolve("dot.png"), new RgbImage(1, 1, new byte[3]));
        write(new BufferedImage(20_000, 1, BufferedImage.TYPE_BYTE_BINARY), "wide.png");
        Files.write(in.resolve("announced.png"), header(20_000, 20_000));

        Run run = align();

        assertThat(run.exitCode()).isEqualTo(1);
        Map<String, String> reasons = new HashMap<>();
        for (JsonNode failure : run.json().get("failures")) {
            reasons.put(
                    Path.of(failure.get("file").textValue()).getFileName().toString(),
                    failure.get("reason").textValue());
        }
        assertThat(reasons).hasSize(6);
        assertThat(reasons.get("cut.png")).contains("truncated PNG");
        assertThat(reasons.get("cut.jpg")).contains("truncated or damaged JPEG");
        assertThat(reasons.get("empty.png")).contains("neither PNG nor JPEG");
        assertThat(reasons.get("dot.png")).isEqualTo("no face found");
        assertThat(reasons.get("wide.png")).startsWith("20000 x 1 pixels, the limit is");
        assertThat(reasons.get("announced.png")).startsWith("20000 x 20000 pixels, the limit is");
    }

    @Test
    void aBlockThatIsNoGridOfSuchTilesIsNamed() throws IOException {
        Images.writePng(in.resolve("7.png"), FACE);

        Run run = Run.facemill(
                "align",
                in.toString(),
                "--out",
                folder.resolve("out").toString(),
                "--tile-size",
                "100",
                "--images",
                "4",
                "--json");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.json().get("aligned").intValue()).isZero();
        assertThat(run.json().get("failures").get(0).get("reason").textValue())
                .contains("128")
                .contains("100");
    }

    private Run align() {
        return Run.facemill(
                "align", in.toString(), "--out", folder.resolve("out").toString(), "--json");
    }

    private void write(BufferedImage image, String name) throws IOException {
        assertThat(ImageIO.write(image, "png", in.resolve(name).toFile())).isTrue();
    }

    private static BufferedImage drawn(int type) {
        BufferedImage image = new BufferedImage(FACE.width(), FACE.height(), type);
        Graphics2D graphics = image.createGraphics();
        graphics.drawImage(FACE.toBufferedImage(), 0, 0, null);
        graphics.dispose();
        return image;
    }

    /** 257 times an 8-bit value is the same share of 65,535. */
    private static BufferedImage sixteenBits() {
        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, BufferedImage.OPAQUE, DataBuffer.TYPE_USHORT);
        WritableRaster raster = model.createCompatibleWritableRaster(FACE.width(), FACE.height());
        for (int i = 0; i < FACE.pixels().length; i++) {
            raster.setSample(i / 3 % FACE.width(), i / 3 / FACE.width(), i % 3, 257 * (FACE.pixels()[i] & 0xFF));
        }
        return new BufferedImage(model, raster, false, null);
    }

    /** Ink as Adobe's programs write it, 255 for none: cyan, magenta and yellow are then red, green and blue; no black. */
    private static byte[] cmyk() throws IOException {
        WritableRaster raster =
                Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, FACE.width(), FACE.height(), 4, null);
        for (int y = 0; y < FACE.height(); y++) {
            for (int x = 0; x < FACE.width(); x++) {
                raster.setPixel(x, y, new int[] {FACE.rgb(x, y, 0), FACE.rgb(x, y, 1), FACE.rgb(x, y, 2), 255});
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(new IIOImage(raster, null, null));
        }
        writer.dispose();
        byte[] adobe = HexFormat.of().parseHex("ffee000e41646f626500640000000000");
        byte[] jpeg = bytes.toByteArray();
        return ByteBuffer.allocate(jpeg.length + adobe.length)
                .put(jpeg, 0, 2)
                .put(adobe)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    /** A whole PNG of an 8-bit grey picture, but for its pixels: all that may be read of a picture that is too large. */
    private static byte[] header(int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY), "png", bytes);
        ByteBuffer png = ByteBuffer.wrap(bytes.toByteArray()).putInt(16, width).putInt(20, height);
        CRC32 crc = new CRC32();
        crc.update(png.array(), 12, 17);
        return png.putInt(29, (int) crc.getValue()).array();
    }
}
