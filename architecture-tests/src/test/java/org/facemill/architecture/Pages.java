package org.facemill.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's pages: its Markdown files. */
final class Pages {

    static final Path ROOT = Path.of(System.getProperty("facemill.root"));

    private static final String NOT_OURS = "(.*/)?(target|node_modules|\\.[^/]+)/.*";

    private Pages() {}

    static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !ROOT.relativize(file).toString().matches(NOT_OURS))
                    .sorted()
                    .toList();
        }
    }
}
