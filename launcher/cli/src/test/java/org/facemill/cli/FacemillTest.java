package org.facemill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.NoSuchFileException;
import org.facemill.cli.output.CommandException;
import org.facemill.cli.output.Errors;
import org.junit.jupiter.api.Test;

class FacemillTest {

    @Test
    void helpNamesEveryCommandWithADescription() {
        Run run = Run.facemill("--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("demo", "up", "status", "logs", "stop").doesNotContain("null");
    }

    @Test
    void anUnknownCommandIsBadUsageAndTheNearestIsNamed() {
        Run run = Run.facemill("stauts");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("stauts").contains("status");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void anExpectedErrorIsOneLineWithoutAStackTrace() {
        assertThat(Errors.message(new NoSuchFileException("x/contexts.npy")))
                .isEqualTo("x/contexts.npy: no such file or folder");
        assertThat(Errors.message(new CommandException("a\n  b"))).isEqualTo("a; b");
    }

    @Test
    void anUnexpectedErrorSaysWhatItIsAndWhereToLook() {
        assertThat(Errors.message(new NullPointerException("the box")))
                .contains("NullPointerException", "the box", "--verbose");
    }
}
