package org.facemill.cli.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    String brokerClassPath() {
        return classPath("broker");
    }

    String storeClassPath() {
        return classPath("store");
    }

    Path serviceJar(String service) {
        return built(root.resolve(service).resolve("target/quarkus-app/quarkus-run.jar"));
    }

    /** The Java agent that ends a child process with its parent. */
    Path childAgent() {
        Path target = built(root.resolve("launcher/child/target"));
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches("facemill-child-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> notBuilt(target.resolve("facemill-child-*.jar")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String classPath(String program) {
        return built(root.resolve("launcher").resolve(program).resolve("target/lib")) + "/*";
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
