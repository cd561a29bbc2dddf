package org.facemill.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.facemill.evaluation.comparison.IdentityLikeness;
import org.facemill.evaluation.comparison.PoseSpread;
import org.facemill.evaluation.metrics.ScoreCounts;
import org.facemill.evaluation.metrics.SeparationMetrics;
import org.junit.jupiter.api.Test;

class ResultTableTest {

    private final ResultTable table = new ResultTable(List.of(
            row("a,b", new double[] {0.9, 0.8, 0.2}, new double[] {0.1, 0.3, 0.25}),
            row("same_faces", new double[] {1, 1}, new double[] {1, 1})));

    @Test
    void csvHasALineADatasetAndIsEmptyWhereAFigureIsNotDefined() {
        List<String> lines = table.csv().lines().toList();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("dataset,encoder,identities,images,collapsed,eer,fmr100,");
        assertThat(lines.get(1)).startsWith("\"a,b\",reference,2,5,false,");
        assertThat(lines.get(2)).startsWith("same_faces,reference,2,5,true,,,,1.0,0.0,");
    }

    @Test
    void latexHasTheSameRowsEscaped() {
        assertThat(table.latex())
                .startsWith("\\begin{tabular}{ll")
                .contains("same\\_faces & reference & -- & -- & --")
                .contains("EER $\\downarrow$")
                .endsWith("\\end{tabular}\n");
    }

    @Test
    void thePageSaysWhichDatasetIsCollapsed() {
        assertThat(table.html("Datasets"))
                .contains("<td>same_faces (collapsed)</td>")
                .contains("<td>a,b</td>");
    }

    @Test
    void identitiesAreListedWithTheirFigures() {
        String csv = IdentityTable.csv(
                List.of(
                        new IdentityLikeness(0, 3, 0.75, 0.5, 0, 4, 0.25),
                        new IdentityLikeness(4, 1, Double.NaN, Double.NaN, Double.NaN, -1, Double.NaN)),
                ordinal -> "id \"" + ordinal + "\"",
                Map.of(4L, new PoseSpread(1, 0.125, 0)));

        assertThat(csv)
                .isEqualTo(
                        "ordinal,name,images,genuine_mean,genuine_min,diversity,odd,nearest,nearest_name,nearest_cosine,yaw_spread,pitch_spread\n"
                                + "0,\"id \"\"0\"\"\",3,0.75,0.5,0.25,0.0,4,\"id \"\"4\"\"\",0.25,,\n"
                                + "4,\"id \"\"4\"\"\",1,,,,,,,,0.125,0.0\n");
    }

    private static ResultTable.Row row(String name, double[] genuine, double[] impostor) {
        return new ResultTable.Row(name, "reference", 2, 5, SeparationMetrics.of(ScoreCounts.of(genuine, impostor)));
    }
}
