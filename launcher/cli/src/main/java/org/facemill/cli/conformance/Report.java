package org.facemill.cli.conformance;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;

/**
 * What came of an examination.
 *
 * @param kind sampler, aligner or evaluator
 * @param name of the plug-in
 */
public record Report(String kind, String name, double seconds, List<Line> checks) {

    private static final int SHOWN = 5;

    /** How a check ended. */
    public enum Verdict {
        @JsonProperty("holds")
        HOLDS,
        @JsonProperty("broken")
        BROKEN,
        @JsonProperty("skipped")
        SKIPPED
    }

    /**
     * One check.
     *
     * @param sentence of the contract
     * @param why      what was seen where it does not hold, or why it was not checked
     */
    public record Line(Check check, String sentence, String description, Verdict verdict, List<String> why) {}

    /** Whether nothing is broken. */
    public boolean conforms() {
        return count(Verdict.BROKEN) == 0;
    }

    /** The verdict on one check. */
    public Line of(Check check) {
        return checks.stream().filter(line -> line.check() == check).findFirst().orElseThrow();
    }

    private long count(Verdict verdict) {
        return checks.stream().filter(line -> line.verdict() == verdict).count();
    }

    /** For people: a line a check, with what was seen under those that do not hold. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Line line : checks) {
            String verdict = line.verdict() == Verdict.BROKEN
                    ? "BROKEN"
                    : line.verdict().name().toLowerCase(Locale.ROOT);
            text.append(String.format("%-8s %-12s %s%n", verdict, line.sentence(), line.description()));
            line.why().stream().limit(SHOWN).forEach(why -> text.append(" ".repeat(22) + "- " + why + "\n"));
            if (line.why().size() > SHOWN) {
                text.append(" ".repeat(22) + "- and " + (line.why().size() - SHOWN) + " more; --json has them all\n");
            }
        }
        return text.append(String.format(
                        "The %s %s: %d of %d checks hold, %d broken, %d skipped; %.0f s",
                        kind,
                        name,
                        count(Verdict.HOLDS),
                        checks.size(),
                        count(Verdict.BROKEN),
                        count(Verdict.SKIPPED),
                        seconds))
                .toString();
    }
}
