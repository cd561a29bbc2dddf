package org.facemill.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.facemill.cli.commands.AlignCommand;
import org.facemill.cli.commands.AuditCommand;
import org.facemill.cli.commands.ConformanceCommand;
import org.facemill.cli.commands.ContextsCommand;
import org.facemill.cli.commands.DeadLettersCommand;
import org.facemill.cli.commands.DemoCommand;
import org.facemill.cli.commands.DoctorCommand;
import org.facemill.cli.commands.EmbedCommand;
import org.facemill.cli.commands.EncodeCommand;
import org.facemill.cli.commands.EnvCommand;
import org.facemill.cli.commands.EvaluateCommand;
import org.facemill.cli.commands.ExportCommand;
import org.facemill.cli.commands.ExtendCommand;
import org.facemill.cli.commands.InspectCommand;
import org.facemill.cli.commands.InvertCommand;
import org.facemill.cli.commands.LogsCommand;
import org.facemill.cli.commands.PaintCommand;
import org.facemill.cli.commands.PlugInCommand;
import org.facemill.cli.commands.RunCommand;
import org.facemill.cli.commands.SampleCommand;
import org.facemill.cli.commands.StatusCommand;
import org.facemill.cli.commands.StopCommand;
import org.facemill.cli.commands.TrainFrCommand;
import org.facemill.cli.commands.TrainLdmCommand;
import org.facemill.cli.commands.UpCommand;
import org.facemill.cli.commands.VerifyCommand;
import org.facemill.cli.output.Errors;
import org.facemill.cli.output.OptionCheck;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The front door: every subcommand by its class. */
@Command(
        name = "facemill",
        description = "Mills synthetic face datasets.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Facemill.Version.class,
        mixinStandardHelpOptions = true,
        footer = {"", "`facemill COMMAND --help` explains a command."},
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            RunCommand.class,
            ExtendCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            StopCommand.class,
            EnvCommand.class,
            DoctorCommand.class,
            DeadLettersCommand.class,
            ConformanceCommand.class,
            PlugInCommand.class,
            ContextsCommand.class,
            PaintCommand.class,
            SampleCommand.class,
            InvertCommand.class,
            AlignCommand.class,
            EmbedCommand.class,
            EncodeCommand.class,
            EvaluateCommand.class,
            VerifyCommand.class,
            AuditCommand.class,
            TrainLdmCommand.class,
            TrainFrCommand.class,
            ExportCommand.class,
            InspectCommand.class,
        })
public final class Facemill {

    private Facemill() {}

    /** Runs one command line and ends the JVM with its exit code. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, args));
    }

    /** Runs one command line against the given streams; returns its exit code: 0 done, 1 failed, 2 bad usage. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = commandLine();
        line.setOut(out);
        line.setErr(err);
        try {
            return line.execute(args);
        } catch (OutOfMemoryError | LinkageError e) {
            return Errors.failed(e, line);
        }
    }

    /** The whole command line, with what all commands share. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Facemill());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setParameterExceptionHandler(Errors::badUsage);
        line.setExecutionExceptionHandler(Errors::failed);
        line.setExecutionStrategy(new OptionCheck());
        listExitCodes(line);
        return line;
    }

    private static void listExitCodes(CommandLine line) {
        UsageMessageSpec usage = line.getCommandSpec().usageMessage();
        usage.exitCodeListHeading("%nExit codes:%n");
        if (usage.exitCodeList().isEmpty()) {
            Map<String, String> codes = new LinkedHashMap<>();
            codes.put("0", "done");
            codes.put("1", "failed; standard error says why");
            codes.put("2", "bad usage");
            usage.exitCodeList(codes);
        }
        line.getSubcommands().values().forEach(Facemill::listExitCodes);
    }

    /** The version that the jar's manifest states. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Facemill.class.getPackage().getImplementationVersion();
            return new String[] {"facemill " + (version == null ? "(unpacked classes)" : version)};
        }
    }
}
