package org.facemill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.facemill.cli.machine.Services;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ./facemill in a folder of its own, with a java and a mvn that only write down how they were called. */
class FrontScriptTest {

    private static final Path ROOT = Path.of(System.getProperty("facemill.root"));
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @TempDir
    private Path home;

    @BeforeEach
    void cloneWithToolsThatRecordTheirCalls() throws IOException {
        for (String file : List.of("facemill", "services.yaml", "pom.xml")) {
            Files.copy(ROOT.resolve(file), home.resolve(file));
        }
        Files.createDirectories(home.resolve("lib"));
        Files.createDirectories(home.resolve("launcher/cli"));
        tool("mvn", "echo \"mvn $*\" >> calls");
        tool("java", """
                case $1 in
                    -version) echo 'openjdk version "17.0.15"' >&2 ;;
                    --list-modules) echo jdk.compiler@17.0.15 ;;
                    *) echo "java LC_ALL=${LC_ALL:-} $*" >> calls ;;
                esac
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "up --help", "demo -h", "align --help"})
    void helpOfACommandThatWasBuiltBuildsNothingHoweverOldItIs(String arguments) throws Exception {
        built(LONG_AGO, "command", "demo", "system");

        assertThat(facemill(arguments))
                .singleElement()
                .asString()
                .startsWith("java")
                .endsWith(arguments);
    }

    @Test
    void helpOfACloneThatWasNeverBuiltBuildsTheCommandAlone() throws Exception {
        assertThat(facemill("up --help")).first().asString().contains("-pl launcher/cli -am package");
    }

    @Test
    void aCommandOlderThanItsSourcesIsBuiltFirst() throws Exception {
        built(LONG_AGO, "command");

        assertThat(facemill("status")).hasSize(2).first().asString().contains("-pl launcher/cli -am package");
    }

    @Test
    void theDemoIsBuiltWithoutTheTrainerOfGeneratorsAndTheSystemWithIt() throws Exception {
        assertThat(facemill("demo")).first().asString().contains("-pl !ldm-trainer-service package");
        assertThat(facemill("up")).first().asString().contains("-DskipTests package");
    }

    @Test
    void whatIsBuiltAndNewIsStartedAtOnce() throws Exception {
        built(FileTime.from(Instant.now().plusSeconds(60)), "command", "demo", "system");
        for (String service : Services.all()) {
            Files.createDirectories(home.resolve(service).resolve("target/quarkus-app"));
            Files.createFile(home.resolve(service).resolve("target/quarkus-app/quarkus-run.jar"));
        }

        assertThat(facemill("up --port 9090")).singleElement().asString().startsWith("java");
    }

    @ParameterizedTest
    @CsvSource({"LC_ALL,C", "LC_ALL,POSIX", "LANG,de_DE.ISO-8859-1", "LC_ALL,xx_XX.UTF-8", "NOTHING,set"})
    void javaTakesFileNamesForUtf8InEveryLocale(String variable, String value) throws Exception {
        built(LONG_AGO, "command");

        assertThat(facemill("--help", Map.of(variable, value)))
                .singleElement()
                .asString()
                .contains("LC_ALL=C.UTF-8", "-Dfile.encoding=UTF-8");
    }

    @Test
    void aLocaleOfUtf8IsLeftAsItIs() throws Exception {
        built(LONG_AGO, "command");

        assertThat(facemill("--help", Map.of("LANG", "C.UTF-8")))
                .singleElement()
                .asString()
                .contains("LC_ALL= ");
    }

    private void built(FileTime when, String... scopes) throws IOException {
        Files.createDirectories(home.resolve("launcher/cli/target/lib"));
        Files.createFile(home.resolve("launcher/cli/target/lib/facemill-cli-0.2.0.jar"));
        Files.createDirectories(home.resolve("target"));
        for (String scope : scopes) {
            Files.setLastModifiedTime(Files.createFile(home.resolve("target/built-" + scope)), when);
        }
    }

    private void tool(String name, String body) throws IOException {
        Path file = home.resolve("bin").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\ncd '" + home + "'\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> facemill(String arguments) throws Exception {
        return facemill(arguments, Map.of());
    }

    /** Calls of mvn and java, one a line. */
    private List<String> facemill(String arguments, Map<String, String> environment) throws Exception {
        List<String> command = new ArrayList<>(List.of(home.resolve("facemill").toString()));
        command.addAll(List.of(arguments.split(" ")));
        Path calls = home.resolve("calls");
        Files.deleteIfExists(calls);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("output").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", home.resolve("bin") + ":/usr/bin:/bin");
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(home.resolve("output")))
                .isZero();
        return Files.readAllLines(calls);
    }
}
