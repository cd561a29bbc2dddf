package org.facemill.evaluator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Json;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.Evaluation;
import org.facemill.evaluation.comparison.Separation;
import org.facemill.evaluation.report.EvaluationReport;
import org.facemill.evaluation.report.IdentityTable;
import org.facemill.evaluation.report.TrainedVersion;
import org.facemill.platform.messaging.Announcement;
import org.facemill.platform.store.ObjectStore;

/** Reports in the store: {@code report.html}, {@code report.json}, and last, as the commit mark, what is announced of them. */
final class Reports {

    private static final String REPORT = "report.json";

    private final ObjectStore store;

    Reports(ObjectStore store) {
        this.store = store;
    }

    /** What was announced of a finished report; empty where it is not finished. */
    Optional<List<Announcement>> announced(String run, String folder) {
        return store.findJson(Buckets.EVALUATIONS, mark(run, folder), Evaluation[].class)
                .map(e -> announcements(List.of(e)));
    }

    /** Stores a report; gives the reference to its JSON. */
    ObjectRef store(String run, String folder, EvaluationReport report) {
        store.put(Buckets.EVALUATIONS, prefix(run, folder) + "report.html", report.html());
        return store.put(Buckets.EVALUATIONS, prefix(run, folder) + REPORT, report.json());
    }

    /** The recognisers trained on versions of a run's dataset, as their reports that are stored have them. */
    List<TrainedVersion> trainedVersions(String run) throws IOException {
        List<TrainedVersion> versions = new ArrayList<>();
        for (String key : store.list(Buckets.EVALUATIONS, Buckets.evaluation(run))) {
            if (key.endsWith(REPORT)) {
                JsonNode report = Json.MAPPER.readTree(
                        store.find(Buckets.EVALUATIONS, key).orElseThrow());
                for (JsonNode version : report.path("trained_versions")) {
                    versions.add(Json.MAPPER.treeToValue(version, TrainedVersion.class));
                }
            }
        }
        return versions;
    }

    /** Stores every identity's own figures. */
    void storeIdentities(String run, String folder, Separation separation) {
        String csv = IdentityTable.csv(separation.likeness(), Long::toString, Map.of());
        store.put(Buckets.EVALUATIONS, prefix(run, folder) + "identities.csv", csv.getBytes(StandardCharsets.UTF_8));
    }

    /** Marks a report as finished. */
    List<Announcement> finish(String run, String folder, List<Evaluation> evaluations) {
        store.putJson(Buckets.EVALUATIONS, mark(run, folder), evaluations);
        return announcements(evaluations);
    }

    private static List<Announcement> announcements(List<Evaluation> evaluations) {
        return evaluations.stream()
                .map(evaluation -> new Announcement(Topics.EVALUATIONS, evaluation))
                .toList();
    }

    private static String prefix(String run, String folder) {
        return Buckets.evaluation(run) + folder + "/";
    }

    private static String mark(String run, String folder) {
        return prefix(run, folder) + "evaluations.json";
    }
}
