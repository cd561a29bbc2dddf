package org.facemill.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.facemill.cli.doctor.Finding.Grade;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemCheckTest {

    private static final URI STORE = URI.create("http://store:9000");
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Thu, 26 Nov 2026 12:00:20 GMT | GOOD
            Thu, 26 Nov 2026 11:59:00 GMT | POOR
            Thu, 26 Nov 2026 12:20:00 GMT | BAD
            Wed, 25 Nov 2026 12:00:00 GMT | BAD
            yesterday                     | POOR
            """)
    void aClockIsJudgedByWhatTheStoreSaysThatItIs(String date, Grade grade) {
        assertThat(SystemCheck.clock(STORE, date, NOON).grade()).isEqualTo(grade);
    }

    @ParameterizedTest
    @CsvSource({"passive, GOOD", "PASSIVE, GOOD", "active, POOR"})
    void spinningThreadsAreTold(String policy, Grade grade) {
        assertThat(MachineCheck.spinning(Map.of("OMP_WAIT_POLICY", policy)).grade())
                .isEqualTo(grade);
    }
}
