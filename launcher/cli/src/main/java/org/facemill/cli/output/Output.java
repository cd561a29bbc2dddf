package org.facemill.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.nio.file.Path;
import org.facemill.contracts.Json;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command shares: its options {@code --json}, {@code --verbose}, {@code --help}, and where its output goes. */
public final class Output {

    private static final ObjectMapper JSON = Json.MAPPER
            .copy()
            .registerModule(new SimpleModule()
                    .addSerializer(Path.class, ToStringSerializer.instance)
                    .addSerializer(Double.class, new FiniteOrNull())
                    .addSerializer(Double.TYPE, new FiniteOrNull()));

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--json", description = "Print the result as one JSON object on the last line of standard output.")
    private boolean json;

    @Option(names = "--verbose", description = "Show stack traces of errors.")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    /** Informs people on standard error. */
    public void say(String words) {
        command.commandLine().getErr().println(words);
    }

    /** Ends a command: the record as JSON where {@code --json} was given, otherwise the text for people. */
    public void result(Object result, String text) {
        if (!json) {
            print(text);
        }
        resultAsJson(result);
    }

    /** A line for people on standard output; with {@code --json}, where that holds the result alone, on standard error. */
    public void print(String line) {
        (json ? command.commandLine().getErr() : command.commandLine().getOut()).println(line);
    }

    /** Ends a command whose text for people was printed already. */
    public void resultAsJson(Object result) {
        if (json) {
            command.commandLine().getOut().println(toJson(result));
        }
    }

    /**
     * Shows work of a known size on standard error until closed.
     *
     * @param task what is done, in a word or two
     * @param total its size in units, at least 0
     * @param unit plural name of one unit: images, steps, ...
     */
    public ProgressDisplay progress(String task, long total, String unit) {
        return progress(task, 0, total, unit);
    }

    /** Progress of work that goes on where it was cut off. */
    public ProgressDisplay progress(String task, long from, long total, String unit) {
        return new ProgressDisplay(task, from, total, unit, this::say);
    }

    /** Refuses bad usage (exit code 2) unless the condition holds. */
    public void require(boolean condition, String message) {
        if (!condition) {
            throw badUsage(message);
        }
    }

    /** What a command throws where options or parameters are wrong (exit code 2). */
    public ParameterException badUsage(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    /** JSON knows no NaN and no infinity. */
    private static final class FiniteOrNull extends JsonSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (Double.isFinite(value)) {
                json.writeNumber(value);
            } else {
                json.writeNull();
            }
        }
    }

    private static String toJson(Object result) {
        try {
            return JSON.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result that is no JSON: " + result, e);
        }
    }
}
