package org.facemill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.facemill.cli.output.OptionCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** What holds for the options of every command. */
class OptionsTest {

    private static final Set<Class<?>> NUMBERS =
            Set.of(int.class, Integer.class, double.class, Double.class, float.class, Float.class);

    /** Those that do something; what only groups others has no options. */
    static Stream<CommandLine> commands() {
        return leaves(Facemill.commandLine());
    }

    private static Stream<CommandLine> leaves(CommandLine command) {
        return command.getSubcommands().isEmpty()
                ? Stream.of(command)
                : command.getSubcommands().values().stream().flatMap(OptionsTest::leaves);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyNumberHasARange(CommandLine command) {
        for (ArgSpec argument : command.getCommandSpec().args()) {
            if (NUMBERS.contains(argument.typeInfo().getType())
                    || argument.auxiliaryTypes().length > 0 && NUMBERS.contains(argument.auxiliaryTypes()[0])) {
                assertThat(OptionCheck.range(argument)).as(argument.toString()).isPresent();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpTellsTheExitCodesAndHasNoHoles(CommandLine command) {
        assertThat(command.getUsageMessage())
                .contains("Exit codes:", "2   bad usage", "--json", "--help")
                .doesNotContain("null", "${");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpIsShownToWhoAsksForItAlone(CommandLine command) {
        Run run = Run.facemill((command.getCommandSpec().qualifiedName() + " --help").split(" ", 2)[1].split(" "));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("Usage: " + command.getCommandSpec().qualifiedName());
    }

    @ParameterizedTest
    @CsvSource({
        "inspect .",
        "sample --model demo --out none --contexts .",
        "verify --images none --pairs .",
        "train-ldm --work none --out none .",
        "train-fr --data none --out none .",
    })
    void aFolderWhereAFileIsWantedIsNamed(String command) {
        Run run = Run.facemill(command.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).singleElement().asString().contains(" .: is a folder, name a file");
    }

    @ParameterizedTest
    @CsvSource({
        "--guidance, NaN, from 0 to 50",
        "--guidance, Infinity, from 0 to 50",
        "--guidance, 1e30, from 0 to 50",
        "--guidance, -1, from 0 to 50",
        "--eta, NaN, from 0 to 1",
        "--eta, 2, from 0 to 1",
        "--eta, -1, from 0 to 1",
        "--steps, 0, from 1",
        "--steps, -5, from 1",
        "--images, 0, from 1",
        "--identities, 0, from 1",
        "--threads, 0, from 1",
        "--threads, -1, from 1",
    })
    void aNumberThatIsNoneOrOutOfRangeIsBadUsageInOneLine(String option, String value, String range) {
        Run run = Run.facemill(
                "sample", "--model", "demo", "--contexts", "none.npz", "--out", "none", option + "=" + value);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).singleElement().asString().contains(option + " must be " + range);
    }

    @ParameterizedTest
    @CsvSource({
        "embed, --threads, 0",
        "align, --border, NaN",
        "align, --border, -0.1",
        "align, --min-face-size, 0",
        "align, --tile-size, -1",
        "align, --threads, -1",
        "export, --copies, -1",
        "up, --port, 65536",
        "demo, --threads, 0",
        "logs, --lines, -1",
        "align, --min-face-size, 1e3",
        "align, --min-face-size, 99999999999",
    })
    void soItIsForEveryCommand(String command, String option, String value) {
        List<String> arguments = new ArrayList<>(List.of(command, option + "=" + value));
        if (Set.of("embed", "align", "export").contains(command)) {
            arguments.addAll(List.of("none", "--out", "none/out"));
        }
        if (command.equals("export")) {
            arguments.addAll(List.of("--format", "RECORDIO"));
        }

        Run run = Run.facemill(arguments.toArray(String[]::new));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err().lines()).singleElement().asString().contains(option);
    }

    @ParameterizedTest
    @ValueSource(strings = {"context-service", "no-such-service", "aligner", ""})
    void upLeavesOutOnlyServicesThatItCanDoWithout(String service) {
        Run run = Run.facemill("up", "--without", service);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).singleElement().asString().contains("--without ", "aligner-service");
    }

    @Test
    void aDeviceThatIsNotThereIsBadUsageInOneLineAndTheNextCommandRuns() {
        for (String device : List.of("cuda:7", "foo", "cuda", "")) {
            Run run = Run.facemill("embed", "none", "--out", "none.npz", "--device", device);

            assertThat(run.exitCode()).as(device + run.err()).isEqualTo(2);
            assertThat(run.err().lines()).singleElement().asString().contains("--device ", device);
        }

        assertThat(Run.facemill("embed", "none", "--out", "none.npz", "--device", "cpu")
                        .err())
                .contains("none: no such folder");
    }
}
