package org.facemill.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.facemill.contracts.Json;
import org.facemill.contracts.event.Implementation;
import org.facemill.contracts.event.Origin;
import org.facemill.contracts.event.Outcome;
import org.facemill.contracts.recipe.run.CopyKind;
import org.facemill.contracts.recipe.run.Recipes;
import org.junit.jupiter.api.Test;

class ManifestTest {

    private static final List<Manifest.Member> MEMBERS = List.of(
            new Manifest.Member(0, Manifest.folder(0), List.of("aa".repeat(32), "bb".repeat(32))),
            new Manifest.Member(2, Manifest.folder(1), List.of("cc".repeat(32), "dd".repeat(32))));

    @Test
    void isReadBackAsItWasWritten() {
        Manifest manifest = new Manifest(
                "demo",
                1,
                Recipes.parse(
                        Json.MAPPER.createObjectNode().put("identities", 2).put("images", 2)),
                List.of(Origin.of(new Implementation("painter", "0.2.0", ""))),
                Manifest.digestOf(MEMBERS),
                List.of("folder"),
                0,
                CopyKind.IDENTICAL,
                MEMBERS,
                List.of(new Manifest.Other(1, Outcome.DISCARDED, "14 of 16 images aligned")));

        Manifest read = Manifest.read("manifest.json", manifest.json());

        assertThat(read).isEqualTo(manifest);
        assertThat(read.images()).isEqualTo(4);
    }

    @Test
    void theDigestDependsOnOrdinalsAndPixelsNotOnClasses() {
        List<Manifest.Member> renamed = List.of(
                MEMBERS.get(1), new Manifest.Member(0, "other", MEMBERS.get(0).pixelSha256()));
        List<Manifest.Member> otherOrdinal = List.of(
                MEMBERS.get(0), new Manifest.Member(3, "0000001", MEMBERS.get(1).pixelSha256()));

        assertThat(Manifest.digestOf(renamed)).isEqualTo(Manifest.digestOf(MEMBERS));
        assertThat(Manifest.digestOf(otherOrdinal)).isNotEqualTo(Manifest.digestOf(MEMBERS));
    }

    @Test
    void anythingElseIsRefusedByName() {
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> Manifest.read("datasets/x/v1/manifest.json", "[]".getBytes(StandardCharsets.UTF_8)))
                .withMessageStartingWith("datasets/x/v1/manifest.json: no manifest of a dataset");
    }
}
