package org.facemill.datasets;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.facemill.images.ImageException;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;

/**
 * Which images of a dataset can be decoded and have the size that most have: what may be packed.
 *
 * @param width of the good images in pixels
 * @param height of the good images in pixels
 * @param good indices of the good images by label; labels without any are left out
 * @param failures all other images
 */
public record DatasetCheck(int width, int height, SortedMap<Integer, List<Integer>> good, List<Failure> failures) {

    /** An image that cannot be used: what the dataset calls it, and why. */
    public record Failure(String image, String reason) {}

    private record Size(int width, int height) {

        String unlike(Size other) {
            return "%d x %d pixels, where most images have %d x %d; align or resize it first"
                    .formatted(other.width, other.height, width, height);
        }
    }

    /**
     * Decodes every image, on all cores.
     *
     * @param checked called after each
     * @throws DatasetException if none is good
     */
    public static DatasetCheck of(ImageDataset dataset, Runnable checked) {
        Size[] sizes = new Size[dataset.size()];
        Map<Integer, String> reasons = new ConcurrentHashMap<>();
        IntStream.range(0, dataset.size()).parallel().forEach(i -> {
            try {
                RgbImage image = Images.decode(dataset.image(i), dataset.name(i), Limits.DEFAULT);
                sizes[i] = new Size(image.width(), image.height());
            } catch (ImageException | DatasetException e) {
                reasons.put(i, e.getMessage().replace(dataset.name(i) + ": ", ""));
            }
            checked.run();
        });
        Size usual = usual(dataset, sizes, reasons);
        SortedMap<Integer, List<Integer>> good = new TreeMap<>();
        List<Failure> failures = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            if (usual.equals(sizes[i])) {
                good.computeIfAbsent(dataset.label(i), label -> new ArrayList<>())
                        .add(i);
            } else {
                failures.add(new Failure(dataset.name(i), sizes[i] == null ? reasons.get(i) : usual.unlike(sizes[i])));
            }
        }
        return new DatasetCheck(usual.width(), usual.height(), good, failures);
    }

    /** The size of most images; of sizes that are equally many, that of the first image. */
    private static Size usual(ImageDataset dataset, Size[] sizes, Map<Integer, String> reasons) {
        Map<Size, Long> counts = IntStream.range(0, sizes.length)
                .filter(i -> sizes[i] != null)
                .mapToObj(i -> sizes[i])
                .collect(Collectors.groupingBy(Function.identity(), LinkedHashMap::new, Collectors.counting()));
        long most = counts.values().stream()
                .max(Comparator.naturalOrder())
                .orElseThrow(() -> new DatasetException("%s: %s; nor can any other of the %d images be used"
                        .formatted(dataset.name(0), reasons.get(0), sizes.length)));
        return counts.keySet().stream()
                .filter(size -> counts.get(size) == most)
                .findFirst()
                .orElseThrow();
    }

    /** Number of good images. */
    public int images() {
        return good.values().stream().mapToInt(List::size).sum();
    }
}
