package org.facemill.cli.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a result would lie in, on or around what a command reads, by any path: links, {@code ..}, mounts. */
final class Overlap {

    private Overlap() {}

    /** How the place of a result overlaps an input that exists; empty where they are apart. */
    static Optional<String> between(Path out, Path input) throws IOException {
        Path place = real(out);
        Path read = input.toRealPath();
        if (same(place, read)) {
            return Optional.of("is what is read");
        }
        if (ancestors(place).stream().anyMatch(folder -> same(folder, read))) {
            return Optional.of("lies in " + input + ", which is read");
        }
        if (ancestors(read).stream().anyMatch(folder -> same(folder, place))) {
            return Optional.of("contains " + input + ", which is read");
        }
        return Optional.empty();
    }

    /** The path as the operating system would resolve it, though its last parts may not exist yet. */
    private static Path real(Path path) throws IOException {
        Path resolved = path.toAbsolutePath().getRoot();
        for (Path part : path.toAbsolutePath()) {
            if (part.toString().equals("..")) {
                resolved = resolved.getParent() == null ? resolved : resolved.getParent();
            } else {
                resolved = resolved.resolve(part);
                resolved = Files.exists(resolved) ? resolved.toRealPath() : resolved;
            }
        }
        return resolved.normalize();
    }

    private static List<Path> ancestors(Path path) {
        List<Path> ancestors = new ArrayList<>();
        for (Path folder = path.getParent(); folder != null; folder = folder.getParent()) {
            ancestors.add(folder);
        }
        return ancestors;
    }

    /** File systems know best: letters' case, bind mounts. */
    private static boolean same(Path a, Path b) {
        try {
            return a.equals(b) || Files.exists(a) && Files.isSameFile(a, b);
        } catch (IOException e) {
            return false;
        }
    }
}
