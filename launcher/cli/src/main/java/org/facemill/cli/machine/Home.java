package org.facemill.cli.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The installation: built programs and shipped models.
 *
 * @param root of the project
 */
public record Home(Path root) {

    /** The home named by the system property {@code facemill.home}, which the start script sets. */
    public static Home current() {
        String root = System.getProperty("facemill.home");
        if (root == null) {
            throw new MachineException(
                    "the system property facemill.home is not set; start this command by ./facemill");
        }
        return new Home(Path.of(root).toAbsolutePath().normalize());
    }

    public Path models() {
        return root.resolve("models");
    }

    /** The class path of the broker, of the store, or of a service, in its order; the child's own class comes first. */
    List<Path> classPath(String program) {
        List<Path> classPath = new ArrayList<>(jars("launcher/child/target", "facemill-child-.*"));
        if (Files.isDirectory(root.resolve("launcher").resolve(program))) {
            classPath.addAll(jars("launcher/" + program + "/target/lib", ".*"));
            return classPath;
        }
        String application = program + "/target/quarkus-app";
        // classes that Quarkus has rewritten hide those that it found
        classPath.addAll(jars(application + "/quarkus", ".*"));
        classPath.addAll(jars(application + "/app", ".*"));
        classPath.addAll(jars(application + "/lib/boot", ".*"));
        classPath.addAll(jars(application + "/lib/main", ".*"));
        return classPath;
    }

    /** The file of a program's class archive, if there is one. */
    Path classArchive(String program) {
        Path launched = root.resolve("launcher").resolve(program);
        return (Files.isDirectory(launched) ? launched : root.resolve(program))
                .resolve("target/classes-" + Runtime.version() + ".jsa");
    }

    private List<Path> jars(String folder, String name) {
        Path built = built(root.resolve(folder));
        try (Stream<Path> files = Files.list(built)) {
            List<Path> jars = files.filter(file -> file.getFileName().toString().matches(name + "\\.jar"))
                    .sorted()
                    .toList();
            if (jars.isEmpty()) {
                throw notBuilt(built.resolve("*.jar"));
            }
            return jars;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path built(Path path) {
        if (!Files.exists(path)) {
            throw notBuilt(path);
        }
        return path;
    }

    private static MachineException notBuilt(Path path) {
        return new MachineException(path + ": not built yet; run `mvn -DskipTests package` in the project's root");
    }
}
