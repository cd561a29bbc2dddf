package org.facemill.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.facemill.detection.Mtcnn;
import org.facemill.detection.MtcnnOptions;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;

final class DetectionRate implements Section {

    private static final int BATCH = 16;

    @Override
    public String name() {
        return "faces";
    }

    @Override
    public String description() {
        return "share of pictures in which a face is found: painted ones, and those under the folder facemill.pictures";
    }

    @Override
    public void run(int calls, Consumer<String> out) throws IOException {
        try (Mtcnn detector = new Mtcnn()) {
            measure(out, detector, "painted", PaintedFaces.of(50, BATCH));
            Optional<Path> folder =
                    Optional.ofNullable(System.getProperty("facemill.pictures")).map(Path::of);
            if (folder.isPresent()) {
                measure(out, detector, folder.get().toString(), pictures(folder.get()));
            }
        }
    }

    private static List<RgbImage> pictures(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(png|jpe?g)"))
                    .sorted()
                    .map(file -> Images.decode(file, Limits.DEFAULT))
                    .toList();
        }
    }

    private static void measure(Consumer<String> out, Mtcnn detector, String name, List<RgbImage> pictures) {
        for (double border : List.of(0.0, 0.25)) {
            int found = 0;
            for (int first = 0; first < pictures.size(); first += BATCH) {
                List<RgbImage> batch = pictures.subList(first, Math.min(pictures.size(), first + BATCH));
                found += (int) detector.detect(batch, MtcnnOptions.DEFAULT.withBorder(border)).stream()
                        .filter(faces -> !faces.isEmpty())
                        .count();
            }
            out.accept("%s, border %.2f: %d of %d, %.1f %%"
                    .formatted(name, border, found, pictures.size(), 100.0 * found / pictures.size()));
        }
    }
}
