package org.facemill.evaluation.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.facemill.evaluation.metrics.Benchmark;

/**
 * The papers' table: accuracy on LFW, AgeDB-30, CFP-FP, CA-LFW and CP-LFW and their average, one row a recogniser, with what the
 * authors of IDiff-Face and of ADMIS report for theirs.
 *
 * @param rows the judged recogniser's first
 */
public record BenchmarkTable(List<Row> rows) {

    /** The five sets, by the names of their files and as papers write them. */
    private static final Map<String, String> SETS = sets();

    /** In percent; of published rows what this project's sources state, no more. */
    private static final List<Row> PUBLISHED = List.of(
            new Row("IDiff-Face, published", Map.of("lfw", 98.00), OptionalDouble.empty()),
            new Row("ADMIS, 10k identities, published", Map.of(), OptionalDouble.of(92.09)),
            new Row("ADMIS, 30k identities, published", Map.of(), OptionalDouble.of(93.77)));

    /**
     * A recogniser.
     *
     * @param accuracy in percent by set
     * @param average in percent over all five
     */
    public record Row(String name, Map<String, Double> accuracy, OptionalDouble average) {}

    public BenchmarkTable {
        rows = List.copyOf(rows);
    }

    /** Whether a set is one of the five. */
    static boolean has(String set) {
        return SETS.containsKey(set);
    }

    /** The table of a recogniser by its results; other sets than the five are left out, the average is of all five or none. */
    public static BenchmarkTable of(String name, List<Benchmark> results) {
        Map<String, Double> accuracy = new LinkedHashMap<>();
        results.stream()
                .filter(result -> has(result.name()))
                .forEach(result ->
                        accuracy.put(result.name(), 100 * result.result().accuracy()));
        OptionalDouble average = accuracy.size() == SETS.size()
                ? accuracy.values().stream().mapToDouble(Double::doubleValue).average()
                : OptionalDouble.empty();
        List<Row> rows = new ArrayList<>(List.of(new Row(name, accuracy, average)));
        rows.addAll(PUBLISHED);
        return new BenchmarkTable(rows);
    }

    /** Heads of the columns. */
    public List<String> head() {
        return Stream.of(Stream.of("Recogniser"), SETS.values().stream(), Stream.of("Average"))
                .flatMap(part -> part)
                .toList();
    }

    /** The rows' cells under {@link #head()}, accuracy in percent; a dash where there is none. */
    public List<List<String>> cells() {
        return rows.stream()
                .map(row -> Stream.of(
                                Stream.of(row.name()),
                                SETS.keySet().stream()
                                        .map(set -> percent(row.accuracy().getOrDefault(set, Double.NaN))),
                                Stream.of(percent(row.average().orElse(Double.NaN))))
                        .flatMap(part -> part)
                        .toList())
                .toList();
    }

    private static String percent(double percent) {
        return Figures.percent(percent / 100);
    }

    private static Map<String, String> sets() {
        Map<String, String> sets = new LinkedHashMap<>();
        sets.put("lfw", "LFW");
        sets.put("agedb_30", "AgeDB-30");
        sets.put("cfp_fp", "CFP-FP");
        sets.put("calfw", "CA-LFW");
        sets.put("cplfw", "CP-LFW");
        return sets;
    }
}
