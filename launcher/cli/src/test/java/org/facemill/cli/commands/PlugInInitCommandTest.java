package org.facemill.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.apache.kafka.common.utils.AppInfoParser;
import org.facemill.cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlugInInitCommandTest {

    private static final String NAME = "NAME = ['\"][^'\"]*";
    private static final Path ROOT = Path.of("..", "..");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "node, sampler, sampler.mjs",
        "node, aligner, aligner.mjs",
        "python, sampler, sampler.py",
        "python, aligner, aligner.py",
        "java, sampler, src/main/java/Sampler.java",
        "java, aligner, src/main/java/Aligner.java"
    })
    void aSkeletonIsTheExampleUnderANameOfItsOwn(String language, String kind, String file) throws IOException {
        Path out = folder.resolve("my.plug-in");

        Run run = Run.facemill("plugin", "init", "--lang", language, "--kind", kind, "--json", out.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().path("name").asText()).isEqualTo("my.plug-in");
        assertThat(files(out)).contains(file);
        String example =
                Files.readString(ROOT.resolve("examples").resolve(language).resolve(file));
        String skeleton = Files.readString(out.resolve(file));
        assertThat(skeleton.replaceFirst(NAME, "NAME")).isEqualTo(example.replaceFirst(NAME, "NAME"));
        assertThat(skeleton).containsPattern("NAME = .my\\.plug-in.");
    }

    @ParameterizedTest
    @CsvSource({"sampler", "aligner"})
    void theSkeletonInJavaCompiles(String kind) throws IOException {
        Path out = folder.resolve("compiled");
        Run.facemill("plugin", "init", "--lang", "java", "--kind", kind, out.toString());

        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> sources = files(out).stream()
                .filter(name -> name.endsWith(".java"))
                .map(name -> out.resolve(name).toString())
                .toList();
        StringWriter errors = new StringWriter();
        boolean compiled = compiler.getTask(
                        errors,
                        null,
                        null,
                        List.of("-d", out.toString(), "-proc:none"),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjectsFromStrings(sources))
                .call();
        assertThat(compiled).as(errors.toString()).isTrue();
    }

    @Test
    void theSkeletonInJavaIsBuiltWithTheVersionsThatFacemillUses() throws IOException {
        Path out = folder.resolve("built");
        Run.facemill("plugin", "init", "--lang", "java", out.toString());

        String kafka = AppInfoParser.getVersion();
        assertThat(Files.readString(out.resolve("pom.xml")))
                .contains("<version>" + kafka + "</version>")
                .doesNotContain("${");
    }

    @Test
    void aFolderThatHoldsSomethingIsLeftAlone() throws IOException {
        Files.writeString(folder.resolve("mine"), "");

        Run run = Run.facemill("plugin", "init", "--lang", "node", folder.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("is not empty");
        assertThat(files(folder)).containsExactly("mine");
    }

    @Test
    void aNameThatNoRecipeCouldGiveIsBadUsage() {
        Run run = Run.facemill("plugin", "init", "--lang", "node", "--name", "two words", folder.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("the name two words");
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }
}
