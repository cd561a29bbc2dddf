package org.facemill.cli.skeleton;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.facemill.cli.output.CommandException;

/**
 * A plug-in that works, to start from: the example of its language under a name of its own.
 *
 * @param name as recipes will give it
 */
public record Skeleton(Language language, Kind kind, String name) {

    /** Not an example's own: the build fills in the versions of libraries that the project itself uses. */
    static final String POM = "pom.xml";

    private static final Pattern NAME = Pattern.compile("(\\bNAME = ['\"])[^'\"]*");

    /** What it makes. */
    public enum Kind {
        SAMPLER,
        ALIGNER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Writes its files.
     *
     * @param folder new, or empty
     * @return the files, within the folder
     * @throws CommandException where the folder holds something
     */
    public List<String> write(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> entries = Files.list(folder)) {
                if (entries.findAny().isPresent()) {
                    throw new CommandException(folder + ": is not empty; give a new folder");
                }
            }
        }
        List<String> files = language.files(kind);
        for (String file : files) {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text(file));
        }
        return files;
    }

    /** Command that starts it in its folder. */
    public String start() {
        return language.start(kind);
    }

    private String text(String file) throws IOException {
        String example = file.equals(POM) ? "java-pom.xml" : "/examples/" + language + "/" + file;
        try (InputStream in = Skeleton.class.getResourceAsStream(example)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return file.equals(language.work(kind))
                    ? NAME.matcher(text).replaceFirst("$1" + Matcher.quoteReplacement(name))
                    : text;
        }
    }
}
