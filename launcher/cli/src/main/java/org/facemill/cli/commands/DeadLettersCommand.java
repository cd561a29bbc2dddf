package org.facemill.cli.commands;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.facemill.cli.output.Output;
import org.facemill.cli.runs.DeadLetterQueue;
import org.facemill.cli.runs.DeadLetterRecord;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "dead-letters",
        description = {
            "List the records that stages could not work on, show one, or send it to its topic again.",
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
    }

    /** As JSON. */
    record Entry(String id, String stage, String topic, String key, String when, String reason) {

        static Entry of(DeadLetterRecord letter) {
            return new Entry(
                    letter.id(),
                    letter.stage(),
                    letter.topic(),
                    letter.key(),
                    letter.when().toString(),
                    letter.reason());
        }
    }

    record Listed(List<Entry> deadLetters) {}

    record Shown(Entry deadLetter, Map<String, String> headers, String value) {}

    record Replayed(String id, String topic, String key) {}

    @Override
    public Integer call() throws IOException {
        try (DeadLetterQueue queue = new DeadLetterQueue(system.endpoints().kafka())) {
            if (choice.show.isPresent()) {
                show(queue.get(choice.show.get()));
            } else if (choice.replay.isPresent()) {
                DeadLetterRecord letter = queue.get(choice.replay.get());
                String key = queue.replay(letter);
                output.result(
                        new Replayed(letter.id(), letter.topic(), key), "Sent to " + letter.topic() + " again: " + key);
            } else {
                list(queue.list(run));
            }
        }
        return 0;
    }

    private void list(List<DeadLetterRecord> letters) {
        StringBuilder text = new StringBuilder();
        for (DeadLetterRecord letter : letters) {
            text.append(String.format(
                    "%s  %-20s %s %s: %s%n",
                    letter.when(), letter.id(), letter.topic(), letter.key(), printable(letter.reason())));
        }
        output.result(
                new Listed(letters.stream().map(Entry::of).toList()),
                letters.isEmpty() ? "No dead letters." : text.toString().stripTrailing());
    }

    private void show(DeadLetterRecord letter) {
        String value = new String(letter.value(), StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(letter.topic() + " " + letter.key() + " at " + letter.when() + "\n");
        letter.headers().forEach((name, header) -> text.append(name + ": " + printable(header) + "\n"));
        output.result(
                new Shown(Entry.of(letter), letter.headers(), value),
                text.append("\n").append(printable(value)).toString());
    }

    /** What strangers sent must not steer a terminal. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "\u00b7");
    }
}
