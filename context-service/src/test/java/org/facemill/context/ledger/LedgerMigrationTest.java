package org.facemill.context.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

class LedgerMigrationTest {

    private static final String URL = "jdbc:h2:mem:old;DB_CLOSE_DELAY=-1";

    @Test
    void ofALedgerOfVersion01WhatHasEndedIsKeptAndWhatHasNotHasFailed() throws SQLException {
        Flyway.configure().dataSource(URL, "", "").target("1").load().migrate();
        execute(
                "insert into run values ('ended', 'COMPLETED', '', '{}', '{}', now(), now(), now(), 2, 20, 5, 3, 2,"
                        + " 2, 1, 0, 1, 1, 4, 3, 3, 3)",
                "insert into run values ('live', 'RUNNING', '', '{}', '{}', now(), now(), null, 2, 20, 3, 0, 0,"
                        + " 0, 0, 0, 0, 0, 1, 0, 0, 0)",
                identity("ended", 0, "COMPLETE", true),
                identity("ended", 1, "DISCARDED", false),
                identity("ended", 2, "COMPLETE", true),
                identity("ended", 3, "SURPLUS", true),
                identity("ended", 4, "CANCELLED", false),
                "insert into version values ('ended', 1, 2, 'SEALED', true, 10, 10)",
                "insert into judgement values ('ended', 'DATASET', 'reference', 'v1')");

        Flyway.configure().dataSource(URL, "", "").load().migrate();

        assertThat(query("select name, state, completed, discarded, issued from run order by name"))
                .containsExactly("ended COMPLETED 3 1 5", "live FAILED 0 0 3");
        assertThat(query("select outcome, reached from identity order by ordinal"))
                .containsExactly(
                        "COMPLETE CROPPED",
                        "DISCARDED SAMPLED",
                        "COMPLETE CROPPED",
                        "COMPLETE CROPPED",
                        "null SAMPLED");
        assertThat(query("select to_train, trained from dataset_version")).containsExactly("TRUE TRUE");
        assertThat(query("select subject, done from expected_evaluation")).containsExactly("v1 TRUE");
    }

    private static String identity(String run, long ordinal, String status, boolean cropped) {
        return "insert into identity values ('" + run + "', " + ordinal + ", '" + status
                + "', 0, '', '', now(), 0, true, " + cropped + ", " + cropped + ", false, null)";
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(URL);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(URL);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(String.valueOf(result.getString(column)));
                }
                rows.add(String.join(" ", row));
            }
        }
        return rows;
    }
}
