package org.facemill.cli.commands;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sources of identity contexts, each a command of its own. */
@Command(
        name = "contexts",
        description = {
            "Make identity contexts, the vectors that decide who is sampled, or convert them.",
            "Both original repositories' forms are read and written; `facemill inspect FILE` shows what a file holds."
        },
        synopsisSubcommandLabel = "SOURCE",
        subcommands = {
            UniformContextsCommand.class,
            EmbeddedContextsCommand.class,
            InterpolatedContextsCommand.class,
            FileContextsCommand.class
        })
public final class ContextsCommand {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;
}
