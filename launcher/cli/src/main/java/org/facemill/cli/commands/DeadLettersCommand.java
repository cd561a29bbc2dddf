package org.facemill.cli.commands;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.facemill.cli.output.Output;
import org.facemill.cli.runs.DeadLetter;
import org.facemill.cli.runs.RunClient;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "dead-letters",
        description = {
            "List the records that stages could not work on, the latest first; show one, send it to its topic again, or dismiss it.",
            "A replayed record goes to the topic that it came from, as a new attempt. An identity that has been counted as"
                    + " failed stays so; what a run waits for, such as a dataset or an evaluation, is made after all."
        })
public final class DeadLettersCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Mixin
    private SystemOptions system;

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "Only records of this run (default: all).")
    private Optional<String> run;

    @ArgGroup
    private Choice choice = new Choice();

    /** One at most. */
    static final class Choice {
        @Option(names = "--show", paramLabel = "ID", description = "Show the record with its headers and its value.")
        private Optional<String> show = Optional.empty();

        @Option(names = "--replay", paramLabel = "ID", description = "Send the record to the topic that it came from.")
        private Optional<String> replay = Optional.empty();

        @Option(
                names = "--dismiss",
                paramLabel = "ID",
                description = "Note that nothing will be done about the record.")
        private Optional<String> dismiss = Optional.empty();
    }

    /** As JSON. */
    record Entry(String id, String stage, String topic, String key, String when, String reason, String handled) {

        static Entry of(DeadLetter letter) {
            return new Entry(
                    letter.id(),
                    letter.stage(),
                    letter.topic(),
                    letter.key(),
                    letter.when(),
                    letter.reason(),
                    letter.handled());
        }
    }

    record Listed(List<Entry> deadLetters) {}

    record Shown(Entry deadLetter, Map<String, String> headers, String value) {}

    record Replayed(String id, String topic, String key) {}

    record Dismissed(String id) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        RunClient client = system.runs();
        if (choice.show.isPresent()) {
            show(client.deadLetter(choice.show.get()));
        } else if (choice.replay.isPresent()) {
            DeadLetter letter = client.replay(choice.replay.get());
            output.result(
                    new Replayed(letter.id(), letter.topic(), letter.key()),
                    "Sent to " + letter.topic() + " again: " + printable(letter.key()));
        } else if (choice.dismiss.isPresent()) {
            DeadLetter letter = client.dismiss(choice.dismiss.get());
            output.result(new Dismissed(letter.id()), "Dismissed: " + letter.id());
        } else {
            list(client.deadLetters(run));
        }
        return 0;
    }

    private void list(List<DeadLetter> letters) {
        StringBuilder text = new StringBuilder();
        for (DeadLetter letter : letters) {
            text.append(String.format(
                    "%s  %-20s %s %s: %s%s%n",
                    letter.when(),
                    letter.id(),
                    letter.topic(),
                    printable(letter.key()),
                    printable(letter.reason()),
                    letter.handled().isEmpty() ? "" : " (" + letter.handled() + ")"));
        }
        output.result(
                new Listed(letters.stream().map(Entry::of).toList()),
                letters.isEmpty() ? "No dead letters." : text.toString().stripTrailing());
    }

    private void show(DeadLetter letter) {
        StringBuilder text =
                new StringBuilder(letter.topic() + " " + printable(letter.key()) + " at " + letter.when() + "\n");
        letter.headers().forEach((name, header) -> text.append(name + ": " + printable(header) + "\n"));
        output.result(
                new Shown(Entry.of(letter), letter.headers(), letter.value()),
                text.append("\n").append(printable(letter.value())).toString());
    }

    /** What strangers sent must not steer a terminal. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "\u00b7");
    }
}
