package org.facemill.datasets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.facemill.tensor.SafePickle;
import org.facemill.tensor.Tensor;

/**
 * A verification set as InsightFace's {@code lfw.bin} and its like hold it: pairs of encoded images, and whether each
 * shows one identity. The file is a pickle of two lists; nothing in it is run.
 *
 * @param images encoded PNG or JPEG, 2 n of them: images 2 k and 2 k + 1 are pair k
 * @param same whether pair k shows one identity
 */
public record VerificationSet(List<byte[]> images, List<Boolean> same) {

    public VerificationSet {
        images = List.copyOf(images);
        same = List.copyOf(same);
        if (images.size() != 2 * same.size()) {
            throw new IllegalArgumentException("%d images are not %d pairs".formatted(images.size(), same.size()));
        }
    }

    /**
     * Reads a {@code .bin} file as any Python wrote it: bytes, strings of Python 2, or arrays of uint8.
     *
     * @param name what messages call it
     * @throws DatasetException if it is none
     */
    public static VerificationSet read(String name, ByteBuffer file) {
        Object content;
        try {
            content = SafePickle.read(name, file);
        } catch (IOException e) {
            throw new DatasetException(e.getMessage(), e);
        }
        if (!(content instanceof List<?> parts) || parts.size() != 2 || !(parts.get(0) instanceof List<?> images)) {
            throw new DatasetException(
                    name + ": no verification set; expected a pickle of 2 n images and n truth values");
        }
        List<Boolean> same = truths(name, parts.get(1));
        if (images.size() != 2 * same.size()) {
            throw new DatasetException("%s: %d images and %d truth values; expected two images for each value"
                    .formatted(name, images.size(), same.size()));
        }
        return new VerificationSet(
                images.stream().map(image -> bytes(name, image)).toList(), same);
    }

    private static byte[] bytes(String name, Object image) {
        if (image instanceof byte[] encoded) {
            return encoded;
        }
        if (image instanceof String latin) {
            return latin.getBytes(StandardCharsets.ISO_8859_1);
        }
        if (image instanceof Tensor array) {
            ByteBuffer content = array.bytes();
            byte[] encoded = new byte[content.remaining()];
            content.get(encoded);
            return encoded;
        }
        throw new DatasetException(name + ": an image is a " + image.getClass().getSimpleName() + " instead of bytes");
    }

    /** A list of truth values, or an array of them. */
    private static List<Boolean> truths(String name, Object values) {
        if (values instanceof Tensor array) {
            return Arrays.stream(array.doubles())
                    .mapToObj(value -> truth(name, value))
                    .toList();
        }
        if (values instanceof List<?> list) {
            return list.stream().map(value -> truth(name, value)).toList();
        }
        throw new DatasetException(name + ": its truth values are "
                + values.getClass().getSimpleName() + ", expected a list or an array of them");
    }

    private static boolean truth(String name, Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        if (value instanceof Number number && (number.doubleValue() == 0 || number.doubleValue() == 1)) {
            return number.doubleValue() == 1;
        }
        throw new DatasetException(name + ": the truth value " + value + "; expected True or False, or 1 or 0");
    }
}
