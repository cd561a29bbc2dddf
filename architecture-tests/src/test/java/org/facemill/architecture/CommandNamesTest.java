package org.facemill.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.facemill.cli.Facemill;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What pages and help texts tell a reader to type exists. */
class CommandNamesTest {

    /** {@code ./facemill words and options}, up to what ends a code span, a cell or a command. */
    private static final Pattern CALL = Pattern.compile("(?<![\\w/])(?:\\./)?facemill ([a-z][^`|;&#\\n]*)");

    private static final Pattern OPTION = Pattern.compile("(?<!\\S)--[a-z][a-z-]*");

    private final CommandLine facemill = new CommandLine(Facemill.class);

    @Test
    void commandsAndOptionsInPagesExist() throws IOException {
        List<String> unknown = new ArrayList<>();
        for (Path page : Pages.all()) {
            for (String code : codeOf(Files.readString(page))) {
                unknownIn(code).forEach(what -> unknown.add(Pages.ROOT.relativize(page) + ": " + what));
            }
        }

        assertThat(unknown).isEmpty();
    }

    @Test
    void commandsAndOptionsInHelpExist() {
        List<String> unknown = new ArrayList<>();
        for (CommandLine command : allCommands(facemill)) {
            for (String code : codeOf(command.getUsageMessage())) {
                unknownIn(code).forEach(what -> unknown.add(command.getCommandName() + " --help: " + what));
            }
        }

        assertThat(unknown).isEmpty();
    }

    @Test
    void theReadmeNamesEveryCommand() throws IOException {
        String readme = Files.readString(Pages.ROOT.resolve("README.md"));

        assertThat(facemill.getSubcommands().keySet())
                .allSatisfy(name -> assertThat(readme).containsPattern("(`|facemill )" + name + "\\b"));
    }

    /** Code spans, and the lines of code blocks with those that a backslash continues. */
    private static List<String> codeOf(String text) {
        List<String> code = new ArrayList<>();
        Matcher block = Pattern.compile("(?s)```.*?```").matcher(text);
        while (block.find()) {
            block.group().replaceAll("\\\\\\n\\s*", "").lines().forEach(code::add);
        }
        Matcher span = Pattern.compile("`([^`\\n]+)`").matcher(block.replaceAll(""));
        while (span.find()) {
            code.add(span.group(1));
        }
        return code;
    }

    private List<String> unknownIn(String code) {
        List<String> unknown = new ArrayList<>();
        Matcher call = CALL.matcher(code);
        while (call.find()) {
            CommandLine command = facemill;
            for (String word : call.group(1).trim().split("\\s+")) {
                Map<String, CommandLine> children = command.getSubcommands();
                if (children.isEmpty() || !word.matches("[a-z][a-z-]*")) {
                    break;
                }
                if (!children.containsKey(word)) {
                    unknown.add("there is no command " + word + " in `" + call.group() + "`");
                    return unknown;
                }
                command = children.get(word);
            }
            CommandLine found = command;
            OPTION.matcher(call.group(1))
                    .results()
                    .map(option -> option.group())
                    .filter(option -> found.getCommandSpec().findOption(option) == null)
                    .forEach(option -> unknown.add(found.getCommandName() + " has no " + option + ": `" + code + "`"));
        }
        return unknown;
    }

    private static List<CommandLine> allCommands(CommandLine parent) {
        List<CommandLine> commands = new ArrayList<>(List.of(parent));
        parent.getSubcommands().values().forEach(child -> commands.addAll(allCommands(child)));
        return commands;
    }
}
