package org.facemill.images;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Pictures from and to files.
 *
 * <p>Decoding gives what people see: the EXIF orientation is applied, colours with an ICC profile become sRGB, CMYK becomes
 * RGB, alpha is dropped, grey is repeated, 16-bit samples are scaled and rounded. {@link #decodeAsStored} leaves orientation
 * and profile alone, as face recognition scripts do with {@code PIL.Image.open(f).convert("RGB")}.
 */
public final class Images {

    private static final JPEGImageReaderSpi JPEG = registeredJpegReader();

    private Images() {}

    /**
     * Decodes a PNG or JPEG. Its dimensions are checked before any pixel is decoded, and its structure from the first
     * byte to the end mark, so that a truncated file is an error and never a half grey picture.
     *
     * @param name what messages call the input
     * @throws ImageException for anything but a whole PNG or JPEG within the limits
     */
    public static RgbImage decode(byte[] encoded, String name, Limits limits) {
        EncodedPicture picture = picture(encoded, name, limits);
        RgbImage stored = read(picture, name, limits);
        return picture.orientation()
                .apply(picture.profile()
                        .map(profile -> ColourProfile.toSrgb(stored, profile))
                        .orElse(stored));
    }

    /**
     * Decodes a PNG or JPEG file; see {@link #decode(byte[], String, Limits)}.
     *
     * @throws UncheckedIOException if the file cannot be read
     */
    public static RgbImage decode(Path file, Limits limits) {
        return decode(bytes(file, limits), file.toString(), limits);
    }

    /**
     * Decodes a PNG or JPEG file as PIL does, whatever its EXIF data and its colour profile say.
     *
     * @throws UncheckedIOException if the file cannot be read
     * @throws ImageException as {@link #decode(byte[], String, Limits)}
     */
    public static RgbImage decodeAsStored(Path file, Limits limits) {
        String name = file.toString();
        return read(picture(bytes(file, limits), name, limits), name, limits);
    }

    private static byte[] bytes(Path file, Limits limits) {
        try {
            limits.checkBytes(file.toString(), Files.size(file));
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
    }

    private static EncodedPicture picture(byte[] encoded, String name, Limits limits) {
        limits.checkBytes(name, encoded.length);
        if (PngStructure.matches(encoded)) {
            return PngStructure.read(encoded, name);
        }
        if (JpegStructure.matches(encoded)) {
            return JpegStructure.read(encoded, name);
        }
        throw new ImageException(name
                + (encoded.length == 0
                        ? ": an empty file, neither PNG nor JPEG"
                        : ": neither PNG nor JPEG; convert it to one of these"));
    }

    /** The picture as an 8-bit RGB PNG: the same bytes for the same pixels on one Java release. */
    public static byte[] png(RgbImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        return encode(writer, image, writer.getDefaultWriteParam());
    }

    /** The picture as a JPEG, for pages where size matters more than pixels; quality is 0..1. */
    public static byte[] jpeg(RgbImage image, float quality) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(quality);
        return encode(writer, image, parameters);
    }

    /**
     * Writes a PNG, making missing folders.
     *
     * @throws UncheckedIOException if the file cannot be written
     */
    public static void writePng(Path file, RgbImage image) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, png(image));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written", e);
        }
    }

    /**
     * Bilinear resize without antialiasing: {@code torch.nn.functional.interpolate(mode="bilinear",
     * align_corners=False)} in float32, then rounded half up.
     */
    public static RgbImage resizeBilinear(RgbImage image, int width, int height) {
        Taps columns = Taps.of(image.width(), width);
        Taps rows = Taps.of(image.height(), height);
        byte[] in = image.pixels();
        byte[] out = new byte[width * height * 3];
        for (int y = 0, o = 0; y < height; y++) {
            int upper = rows.first[y] * image.width();
            int lower = rows.second[y] * image.width();
            float down = rows.weight[y];
            for (int x = 0; x < width; x++) {
                int left = columns.first[x];
                int right = columns.second[x];
                float across = columns.weight[x];
                for (int c = 0; c < 3; c++, o++) {
                    float top = (1 - across) * at(in, upper + left, c) + across * at(in, upper + right, c);
                    float bottom = (1 - across) * at(in, lower + left, c) + across * at(in, lower + right, c);
                    out[o] = (byte) (int) ((1 - down) * top + down * bottom + 0.5f);
                }
            }
        }
        return new RgbImage(width, height, out);
    }

    /**
     * Bilinear resize with antialiasing, to the bit as Pillow's {@code Image.resize((width, height), BILINEAR)}, and so as
     * {@code torchvision.transforms.Resize} on PIL images: what training pictures go through in the original repositories.
     * For what they resize as tensors, see {@link #resizeBilinear}.
     */
    public static RgbImage resizeAntialiased(RgbImage image, int width, int height) {
        return AntialiasedResize.of(image, width, height);
    }

    private static int at(byte[] pixels, int pixel, int channel) {
        return pixels[pixel * 3 + channel] & 0xFF;
    }

    private static RgbImage read(EncodedPicture picture, String name, Limits limits) {
        ImageReader reader = PngStructure.matches(picture.content())
                ? ImageIO.getImageReadersByFormatName("png").next()
                : jpegReader(name);
        try (ByteArrayImageInputStream in = new ByteArrayImageInputStream(picture.content())) {
            reader.setInput(in, true, true);
            limits.check(name, reader.getWidth(0), reader.getHeight(0));
            return RgbImage.of(reader.read(0));
        } catch (ImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // the platform's decoders answer damaged input with runtime exceptions of many kinds
            throw new ImageException(name + ": damaged picture (" + e.getMessage() + "); write it again", e);
        } finally {
            reader.dispose();
        }
    }

    private static byte[] encode(ImageWriter writer, RgbImage image, ImageWriteParam parameters) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(image.pixels().length / 2 + 1024);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image.toBufferedImage(), null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException("encoding a picture in memory", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static ImageReader jpegReader(String name) {
        try {
            return JPEG.createReaderInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": no JPEG decoder", e);
        }
    }

    /** Registered by hand, since a service loader may not see it from an application server's class loader. */
    private static JPEGImageReaderSpi registeredJpegReader() {
        JPEGImageReaderSpi provider = new JPEGImageReaderSpi();
        IIORegistry.getDefaultInstance().registerServiceProvider(provider, ImageReaderSpi.class);
        return provider;
    }

    /** Source indices and the second one's weight for each output index along one axis. */
    private record Taps(int[] first, int[] second, float[] weight) {

        static Taps of(int in, int out) {
            Taps taps = new Taps(new int[out], new int[out], new float[out]);
            float scale = (float) in / out;
            for (int i = 0; i < out; i++) {
                float source = Math.max(0, scale * (i + 0.5f) - 0.5f);
                taps.first[i] = Math.min((int) source, in - 1);
                taps.second[i] = Math.min(taps.first[i] + 1, in - 1);
                taps.weight[i] = source - taps.first[i];
            }
            return taps;
        }
    }
}
