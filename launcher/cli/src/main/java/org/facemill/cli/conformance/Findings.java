package org.facemill.cli.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.facemill.contracts.Printable;

/** What was seen of each check. */
final class Findings {

    private final Map<Check, Integer> looks = new EnumMap<>(Check.class);
    private final Map<Check, List<String>> faults = new EnumMap<>(Check.class);
    private final Map<Check, String> skipped = new EnumMap<>(Check.class);

    /** Records one observation: the fault counts where the condition does not hold. */
    void expect(Check check, boolean holds, String fault) {
        looks.merge(check, 1, Integer::sum);
        if (!holds) {
            faults.computeIfAbsent(check, c -> new ArrayList<>()).add(Printable.of(fault));
        }
    }

    void fault(Check check, String fault) {
        expect(check, false, fault);
    }

    void skip(Check check, String why) {
        skipped.put(check, why);
    }

    /** Every check with its verdict. */
    List<Report.Line> lines() {
        return Arrays.stream(Check.values()).map(this::line).toList();
    }

    private Report.Line line(Check check) {
        if (faults.containsKey(check)) {
            return line(check, Report.Verdict.BROKEN, faults.get(check));
        }
        return looks.containsKey(check)
                ? line(check, Report.Verdict.HOLDS, List.of())
                : line(
                        check,
                        Report.Verdict.SKIPPED,
                        List.of(skipped.getOrDefault(check, "nothing came that shows it")));
    }

    private static Report.Line line(Check check, Report.Verdict verdict, List<String> why) {
        return new Report.Line(check, check.sentence(), check.description(), verdict, why);
    }
}
