package org.facemill.cli.skeleton;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A language that there is an example in, {@code examples/<language>}. */
public enum Language {
    NODE(List.of("package.json", "plugin.mjs"), "noise.mjs", "sampler.mjs", "aligner.mjs", "npm install && node %s"),
    PYTHON(List.of("plugin.py"), "noise.py", "sampler.py", "aligner.py", "python3 %s"),
    JAVA(
            List.of(Skeleton.POM, "src/main/java/Plugin.java", "src/main/java/Store.java"),
            "src/main/java/Noise.java",
            "src/main/java/Sampler.java",
            "src/main/java/Aligner.java",
            "mvn package && java -cp 'target/classes:target/lib/*' %s");

    private final List<String> shared;
    private final String noise;
    private final String sampler;
    private final String aligner;
    private final String start;

    /** @param start command that starts it, with a place for the work's file */
    Language(List<String> shared, String noise, String sampler, String aligner, String start) {
        this.shared = shared;
        this.noise = noise;
        this.sampler = sampler;
        this.aligner = aligner;
        this.start = start;
    }

    /** All files of a plug-in. */
    List<String> files(Skeleton.Kind kind) {
        List<String> own = kind == Skeleton.Kind.SAMPLER ? List.of(noise, sampler) : List.of(aligner);
        return Stream.concat(shared.stream(), own.stream()).toList();
    }

    /** The file that says what the plug-in makes, and what it is called. */
    String work(Skeleton.Kind kind) {
        return kind == Skeleton.Kind.SAMPLER ? sampler : aligner;
    }

    /** Command that starts it in its folder. */
    String start(Skeleton.Kind kind) {
        String file = work(kind);
        return String.format(start, this == JAVA ? file.replaceAll(".*/|\\.java$", "") : file);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
