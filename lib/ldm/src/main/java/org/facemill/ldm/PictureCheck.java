package org.facemill.ldm;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.facemill.contracts.Json;
import org.facemill.datasets.files.NaturalOrder;
import org.facemill.datasets.files.Pictures;
import org.facemill.datasets.files.Pictures.Picture;
import org.facemill.images.ImageException;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.tensor.WholeFiles;

/**
 * Which pictures of a folder can be decoded. All are decoded once, before any other work: a training of days must not end at
 * a picture that a download truncated.
 *
 * @param good       in natural order
 * @param unreadable paths of the others below the folder, in natural order
 */
record PictureCheck(List<Picture> good, List<String> unreadable) {

    private static final Logger LOG = System.getLogger(PictureCheck.class.getName());
    private static final int AT_ONCE = 256;

    /**
     * The result, as it is kept.
     *
     * @param pictures   that were checked
     * @param unreadable why not, by path
     */
    private record Found(int pictures, Map<String, String> unreadable) {}

    /**
     * Checks all pictures, or takes the kept result where it is of as many.
     *
     * @param kept file that keeps it
     * @throws IOException if none can be decoded, or the file cannot be read or written
     */
    static PictureCheck of(Path folder, Path kept, TrainingImages.Progress progress) throws IOException {
        List<Picture> pictures = Pictures.below(folder);
        Found found = Files.exists(kept) ? Json.MAPPER.readValue(Files.readAllBytes(kept), Found.class) : null;
        if (found == null || found.pictures != pictures.size()) {
            found = new Found(pictures.size(), unreadable(pictures, progress));
            WholeFiles.write(kept, Json.MAPPER.writeValueAsBytes(found));
        }
        found.unreadable.forEach((path, reason) -> LOG.log(Level.WARNING, "{0} is left out", reason));
        Set<String> bad = found.unreadable.keySet();
        if (bad.size() == pictures.size()) {
            throw new IOException(folder + ": none of its " + pictures.size()
                    + " pictures can be decoded, the first for this reason: "
                    + found.unreadable.get(pictures.get(0).path()));
        }
        return new PictureCheck(
                pictures.stream()
                        .filter(picture -> !bad.contains(picture.path()))
                        .toList(),
                bad.stream().sorted(NaturalOrder.INSTANCE).toList());
    }

    private static Map<String, String> unreadable(List<Picture> pictures, TrainingImages.Progress progress) {
        Map<String, String> reasons = new ConcurrentSkipListMap<>();
        for (int from = 0; from < pictures.size(); from += AT_ONCE) {
            List<Picture> some = pictures.subList(from, Math.min(pictures.size(), from + AT_ONCE));
            some.parallelStream().forEach(picture -> {
                try {
                    Images.decode(picture.file(), Limits.DEFAULT);
                } catch (ImageException e) {
                    reasons.put(picture.path(), e.getMessage());
                }
            });
            progress.report("check", from + some.size(), pictures.size());
        }
        return new TreeMap<>(reasons);
    }
}
