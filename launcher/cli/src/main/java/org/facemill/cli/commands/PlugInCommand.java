package org.facemill.cli.commands;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "plugin",
        description = "Start a sampler or an aligner of your own, in any language.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = PlugInInitCommand.class)
public final class PlugInCommand {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;
}
