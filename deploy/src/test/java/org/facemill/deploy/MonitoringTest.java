package org.facemill.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules and dashboards: by promtool, and against the page that lists what services count. */
class MonitoringTest {

    private static final Path FOLDER = Chart.ROOT.resolve("deploy/monitoring");
    private static final Pattern OURS = Pattern.compile("facemill_[a-z_]+");
    /** A summary is on the page by its name alone. */
    private static final Pattern SUMMARY = Pattern.compile("_(count|sum|max)$");

    @Test
    void promtoolAcceptsTheRulesAndEachAlertFiresWhenItShould() throws Exception {
        Tools.run(FOLDER, "promtool", "check", "config", "prometheus.yaml");
        Tools.run(FOLDER, "promtool", "test", "rules", "rules.test.yaml");
    }

    @Test
    void everyAlertHasItsTestAndSaysWhatToDo() throws IOException {
        String tests = Files.readString(FOLDER.resolve("rules.test.yaml"));

        assertThat(rules()).filteredOn(rule -> rule.has("alert")).isNotEmpty().allSatisfy(rule -> {
            assertThat(tests).contains("alertname: " + rule.path("alert").asText());
            assertThat(rule.at("/annotations/runbook").asText()).isNotBlank();
        });
    }

    @Test
    void promtoolAcceptsWhatDashboardsAskFor(@TempDir Path folder) throws Exception {
        ObjectMapper json = new ObjectMapper();
        ObjectNode file = json.createObjectNode();
        ArrayNode asked =
                file.putArray("groups").addObject().put("name", "dashboards").putArray("rules");
        List<String> expressions = expressions();
        for (int i = 0; i < expressions.size(); i++) {
            asked.addObject().put("record", "asked:" + i).put("expr", expressions.get(i));
        }
        Chart.YAML.writeValue(folder.resolve("asked.yaml").toFile(), file);

        Tools.run(folder, "promtool", "check", "rules", "asked.yaml");
    }

    @Test
    void rulesAndDashboardsAskForNothingThatThePageDoesNotList() throws IOException {
        Set<String> listed = ours(Files.readString(Chart.ROOT.resolve("docs/metrics.md")));
        Set<String> asked = ours(Files.readString(FOLDER.resolve("rules.yaml")) + expressions());

        assertThat(asked).isNotEmpty().isSubsetOf(listed);
    }

    @Test
    void panelsHaveIdsAndPlacesOfTheirOwn() throws IOException {
        for (JsonNode dashboard : dashboards()) {
            Set<Integer> ids = new HashSet<>();
            Set<String> cells = new HashSet<>();
            for (JsonNode panel : dashboard.path("panels")) {
                assertThat(ids.add(panel.path("id").asInt())).as("%s", panel).isTrue();
                JsonNode place = panel.path("gridPos");
                for (int x = 0; x < place.path("w").asInt(); x++) {
                    int column = place.path("x").asInt() + x;
                    assertThat(column).isLessThan(24);
                    assertThat(cells.add(column + "/" + place.path("y").asInt()))
                            .as("%s", panel)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void composesPrometheusReadsEveryService() throws IOException {
        assertThat(Files.readString(FOLDER.resolve("prometheus.yaml")).lines().map(String::strip))
                .containsAll(Chart.services().keySet().stream()
                        .map(name -> "- " + name)
                        .toList());
    }

    private static List<JsonNode> rules() throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        Chart.YAML
                .readTree(FOLDER.resolve("rules.yaml").toFile())
                .path("groups")
                .forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }

    private static List<JsonNode> dashboards() throws IOException {
        List<JsonNode> dashboards = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER.resolve("dashboards"))) {
            for (Path file : files.sorted().toList()) {
                dashboards.add(Chart.YAML.readTree(file.toFile()));
            }
        }
        return dashboards;
    }

    private static List<String> expressions() throws IOException {
        return dashboards().stream()
                .flatMap(dashboard -> dashboard.findValuesAsText("expr").stream())
                .toList();
    }

    /** Names of our own metrics in a text. */
    private static Set<String> ours(String text) {
        return OURS.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(name -> SUMMARY.matcher(name).replaceFirst(""))
                .collect(Collectors.toSet());
    }
}
