package org.facemill.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orientation, colours and stray bytes in files, as viewers, libjpeg and OpenCV take them. */
class AsPeopleSeeThemTest {

    /** 48 x 32 pixels in six fields of one colour each, so that JPEG keeps them. */
    private static final RgbImage SHOWN = fields();

    /** Where the stored picture's first row and first column are seen (TIFF 6.0, tag 274). */
    @ParameterizedTest
    @CsvSource({
        "1, top, left", "2, top, right", "3, bottom, right", "4, bottom, left",
        "5, left, top", "6, right, top", "7, right, bottom", "8, left, bottom"
    })
    void aPictureIsTurnedAsItsOrientationSays(int tag, String firstRow, String firstColumn) {
        RgbImage stored = stored(firstRow, firstColumn);

        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            assertThat(decode(png(stored, "eXIf", exif(tag, order)))).isEqualTo(SHOWN);
            assertSameFields(decode(jpeg(stored, 0xE1, join("Exif\0\0", exif(tag, order)))), SHOWN);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 65535})
    void otherOrientationsAreNone(int tag) {
        assertThat(decode(png(SHOWN, "eXIf", exif(tag, ByteOrder.LITTLE_ENDIAN))))
                .isEqualTo(SHOWN);
    }

    @Test
    void damagedExifDataAreNone() {
        byte[] exif = exif(6, ByteOrder.BIG_ENDIAN);
        for (int length = 0; length < 18; length++) {
            assertThat(decode(png(SHOWN, "eXIf", Arrays.copyOf(exif, length))).width())
                    .isEqualTo(48);
        }
        exif[4] = -1; // a directory beyond the end
        assertThat(decode(png(SHOWN, "eXIf", exif))).isEqualTo(SHOWN);
    }

    @Test
    void asStoredAPictureIsNotTurned(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("x.png"), png(SHOWN, "eXIf", exif(6, ByteOrder.LITTLE_ENDIAN)));

        assertThat(Images.decodeAsStored(file, Limits.DEFAULT)).isEqualTo(SHOWN);
        assertThat(Images.decode(file, Limits.DEFAULT).width()).isEqualTo(32);
    }

    @Test
    void coloursOfAProfileAreShownAlikeFromPngAndJpeg() {
        RgbImage stored = flat(200, 100, 60);
        int[] expected = srgbOfDisplayP3(200, 100, 60);
        byte[] profile = displayP3();

        RgbImage png = decode(png(stored, "iCCP", join("p3\0\0", deflated(profile))));
        RgbImage jpeg = decode(jpeg(stored, 0xE2, join("ICC_PROFILE\0\1\1", profile)));

        assertThat(expected[0]).isGreaterThan(210);
        for (int channel = 0; channel < 3; channel++) {
            assertThat(png.rgb(8, 8, channel)).isBetween(expected[channel] - 1, expected[channel] + 1);
            assertThat(jpeg.rgb(8, 8, channel)).isBetween(expected[channel] - 3, expected[channel] + 3);
        }
    }

    @Test
    void aProfileInSeveralSegmentsIsJoined() {
        RgbImage stored = flat(200, 100, 60);
        byte[] profile = displayP3();
        byte[] first = Arrays.copyOf(profile, 100);
        byte[] second = Arrays.copyOfRange(profile, 100, profile.length);

        byte[] jpeg = segment(
                segment(Images.jpeg(stored, 1), 0xE2, join("ICC_PROFILE\0\1\2", first)),
                0xE2,
                join("ICC_PROFILE\0\2\2", second));

        assertThat(decode(jpeg).rgb(8, 8, 0)).isGreaterThan(210);
    }

    @Test
    void aDamagedProfileIsNone() {
        RgbImage stored = flat(200, 100, 60);

        assertThat(decode(png(stored, "iCCP", join("p3\0\0", deflated(Arrays.copyOf(displayP3(), 150))))))
                .isEqualTo(stored);
        assertThat(decode(png(stored, "iCCP", join("p3\0\0", new byte[] {1, 2, 3}))))
                .isEqualTo(stored);
        assertThat(decode(png(stored, "iCCP", join("p3", new byte[0])))).isEqualTo(stored);
        assertThat(decode(jpeg(stored, 0xE2, join("ICC_PROFILE\0\1\1", new byte[200])))
                        .rgb(8, 8, 0))
                .isBetween(197, 203);
    }

    @Test
    void aProfileThatInflatesToGigabytesIsPassedOver() {
        RgbImage stored = flat(200, 100, 60);

        assertThat(decode(png(stored, "iCCP", join("bomb\0\0", deflated(new byte[64 << 20])))))
                .isEqualTo(stored);
    }

    @Test
    void bytesBetweenAJpegsMarkersArePassedOver() {
        byte[] jpeg = Images.jpeg(SHOWN, 0.9f);
        byte[] stray = {0, 17, 'x', (byte) 0xFF, 0, (byte) 0xFF, (byte) 0xFF};
        int second = 4 + (jpeg[4] << 8 | jpeg[5] & 0xFF);

        byte[] strayed = join(join(Arrays.copyOf(jpeg, second), stray), Arrays.copyOfRange(jpeg, second, jpeg.length));

        assertThat(decode(strayed)).isEqualTo(decode(jpeg));
    }

    @Test
    void aSegmentThatReachesPastTheEndIsRefused() {
        byte[] jpeg = Images.jpeg(SHOWN, 0.9f);
        jpeg[4] = 0x7F;

        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> decode(jpeg))
                .withMessageContaining("truncated or damaged JPEG");
    }

    private static RgbImage decode(byte[] encoded) {
        return Images.decode(encoded, "picture", Limits.DEFAULT);
    }

    private static void assertSameFields(RgbImage actual, RgbImage expected) {
        assertThat(actual.width()).isEqualTo(expected.width());
        for (int x = 8; x < 48; x += 16) {
            for (int y = 8; y < 32; y += 16) {
                for (int channel = 0; channel < 3; channel++) {
                    assertThat(actual.rgb(x, y, channel))
                            .isBetween(expected.rgb(x, y, channel) - 8, expected.rgb(x, y, channel) + 8);
                }
            }
        }
    }

    private static RgbImage fields() {
        byte[] pixels = new byte[48 * 32 * 3];
        for (int i = 0; i < pixels.length; i++) {
            int field = i / 3 % 48 / 16 + i / 3 / 48 / 16 * 3;
            pixels[i] = (byte) (40 + 30 * field);
        }
        return new RgbImage(48, 32, pixels);
    }

    private static RgbImage flat(int red, int green, int blue) {
        byte[] pixels = new byte[16 * 16 * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i % 3 == 0 ? red : i % 3 == 1 ? green : blue);
        }
        return new RgbImage(16, 16, pixels);
    }

    /** SHOWN as it is stored when its first stored row and column are seen at the given sides. */
    private static RgbImage stored(String firstRow, String firstColumn) {
        boolean across = firstRow.equals("left") || firstRow.equals("right");
        int width = across ? SHOWN.height() : SHOWN.width();
        int height = across ? SHOWN.width() : SHOWN.height();
        byte[] pixels = new byte[width * height * 3];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int[] place = new int[2];
                see(firstRow, row, place);
                see(firstColumn, column, place);
                for (int channel = 0; channel < 3; channel++) {
                    pixels[(row * width + column) * 3 + channel] = (byte) SHOWN.rgb(place[0], place[1], channel);
                }
            }
        }
        return new RgbImage(width, height, pixels);
    }

    private static void see(String side, int distance, int[] place) {
        switch (side) {
            case "left" -> place[0] = distance;
            case "right" -> place[0] = SHOWN.width() - 1 - distance;
            case "top" -> place[1] = distance;
            default -> place[1] = SHOWN.height() - 1 - distance;
        }
    }

    private static byte[] exif(int tag, ByteOrder order) {
        return ByteBuffer.allocate(8 + 2 + 2 * 12 + 4)
                .order(order)
                .put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 2)
                .putShort((short) 0x0100)
                .putShort((short) 4)
                .putInt(1)
                .putInt(48)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) tag)
                .array();
    }

    /** A PNG with one chunk more after its header. */
    private static byte[] png(RgbImage image, String type, byte[] data) {
        byte[] png = Images.png(image);
        byte[] content = join(type, data);
        CRC32 crc = new CRC32();
        crc.update(content);
        byte[] chunk = ByteBuffer.allocate(data.length + 12)
                .putInt(data.length)
                .put(content)
                .putInt((int) crc.getValue())
                .array();
        int afterHeader = 8 + 25;
        return join(join(Arrays.copyOf(png, afterHeader), chunk), Arrays.copyOfRange(png, afterHeader, png.length));
    }

    private static byte[] jpeg(RgbImage image, int marker, byte[] data) {
        return segment(Images.jpeg(image, 1), marker, data);
    }

    /** A JPEG with one segment more at its beginning. */
    private static byte[] segment(byte[] jpeg, int marker, byte[] data) {
        byte[] segment = ByteBuffer.allocate(data.length + 4)
                .put((byte) 0xFF)
                .put((byte) marker)
                .putShort((short) (data.length + 2))
                .put(data)
                .array();
        return join(join(Arrays.copyOf(jpeg, 2), segment), Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }

    private static byte[] deflated(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] join(String first, byte[] second) {
        return join(first.getBytes(StandardCharsets.ISO_8859_1), second);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Display P3's primaries (SMPTE EG 432-1, adapted to D50) with a gamma of 2.2 as an ICC profile of version 2. */
    private static byte[] displayP3() {
        double[][] primaries = {{0.51512, 0.24120, -0.00105}, {0.29198, 0.69225, 0.04189}, {0.15710, 0.06657, 0.78407}};
        ByteBuffer profile = ByteBuffer.allocate(128 + 4 + 9 * 12 + 4 * 20 + 16 + 32 + 16);
        profile.putInt(profile.capacity()).putInt(4, 0).putInt(8, 0x02400000).position(12);
        profile.put("mntrRGB XYZ ".getBytes(StandardCharsets.US_ASCII));
        profile.position(36);
        profile.put("acsp".getBytes(StandardCharsets.US_ASCII));
        profile.position(68);
        profile.putInt(0x0000F6D6).putInt(0x00010000).putInt(0x0000D32D).position(128);
        profile.putInt(9);
        int at = 128 + 4 + 9 * 12;
        int xyz = at;
        String[] tags = {"rXYZ", "gXYZ", "bXYZ", "wtpt"};
        for (int i = 0; i < 4; i++) {
            tag(profile, tags[i], xyz + 20 * i, 20);
        }
        int curve = xyz + 80;
        for (String tag : new String[] {"rTRC", "gTRC", "bTRC"}) {
            tag(profile, tag, curve, 14);
        }
        tag(profile, "desc", curve + 16, 32);
        tag(profile, "cprt", curve + 48, 16);
        for (double[] primary : primaries) {
            xyz(profile, primary[0], primary[1], primary[2]);
        }
        xyz(profile, 0.96420, 1, 0.82491);
        profile.put("curv".getBytes(StandardCharsets.US_ASCII))
                .putInt(0)
                .putInt(1)
                .putShort((short) (2.2 * 256 + 0.5));
        profile.putShort((short) 0);
        profile.put("desc".getBytes(StandardCharsets.US_ASCII))
                .putInt(0)
                .putInt(3)
                .put("P3\0".getBytes(StandardCharsets.US_ASCII));
        profile.position(curve + 48);
        profile.put("text".getBytes(StandardCharsets.US_ASCII))
                .putInt(0)
                .put("none\0".getBytes(StandardCharsets.US_ASCII));
        return profile.array();
    }

    private static void tag(ByteBuffer profile, String name, int at, int length) {
        profile.put(name.getBytes(StandardCharsets.US_ASCII)).putInt(at).putInt(length);
    }

    private static void xyz(ByteBuffer profile, double x, double y, double z) {
        profile.put("XYZ ".getBytes(StandardCharsets.US_ASCII)).putInt(0);
        for (double value : new double[] {x, y, z}) {
            profile.putInt((int) Math.round(value * 65536));
        }
    }

    /** By the matrix from Display P3 to sRGB in linear light and sRGB's curve (IEC 61966-2-1). */
    private static int[] srgbOfDisplayP3(int... levels) {
        double[][] matrix = {{1.22494, -0.22494, 0}, {-0.04206, 1.04206, 0}, {-0.01964, -0.07864, 1.09828}};
        int[] srgb = new int[3];
        for (int row = 0; row < 3; row++) {
            double light = 0;
            for (int i = 0; i < 3; i++) {
                light += matrix[row][i] * Math.pow(levels[i] / 255.0, 2.2);
            }
            double level = light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
            srgb[row] = (int) Math.round(255 * Math.max(0, Math.min(1, level)));
        }
        return srgb;
    }
}
