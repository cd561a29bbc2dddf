package org.facemill.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.razorvine.pickle.Pickler;
import org.facemill.cli.Run;
import org.facemill.contracts.Noise;
import org.facemill.images.Images;
import org.facemill.painter.FacePainter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {

    @TempDir
    private Path folder;

    @Test
    void severalSetsAreVerifiedInOneCallAndStandBesidePublishedOnes() throws IOException {
        writeSet("lfw", true);
        writeSet("cfp_fp", false);

        Run run = verify("--out", folder.resolve("report").toString(), "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode sets = run.json().get("sets");
        assertThat(sets.findValuesAsText("name")).containsExactly("lfw", "cfp_fp");
        assertThat(sets.get(0).get("pairs").asInt()).isEqualTo(20);
        assertThat(sets.get(0).get("accuracy").asDouble()).isEqualTo(1);
        assertThat(sets.get(1).get("accuracy").asDouble()).isEqualTo(0.5);
        assertThat(run.json().get("accuracy").asDouble()).isEqualTo(0.75);
        assertThat(Files.readString(folder.resolve("report/report.html")))
                .contains("<td>IDiff-Face, published</td><td>98.00 %</td><td>–</td>", "<td>100.00 %</td>");
        assertThat(verify().out())
                .contains("lfw: accuracy 1.0000")
                .containsPattern("reference +100.00 % +– +50.00 % +– +– +–")
                .containsPattern("ADMIS, 10k identities, published .* 92.09 %");
    }

    @Test
    void oneKindOfInputIsWanted() {
        assertThat(Run.facemill("verify").exitCode()).isEqualTo(2);
        assertThat(Run.facemill("verify", "--bin", "a.bin", "--images", "x", "--pairs", "y")
                        .exitCode())
                .isEqualTo(2);
        assertThat(Run.facemill("verify", "--bin", "a.bin").err()).contains("a.bin: no such file");
    }

    @Test
    void anOptionThatSetsOfAlignedFacesDoNotHeedIsRefused() {
        Run run = verify("--as-stored");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--as-stored is for --images");
    }

    private Run verify(String... more) {
        List<String> args = new ArrayList<>(List.of(
                "verify",
                "--bin",
                folder.resolve("lfw.bin").toString(),
                folder.resolve("cfp_fp.bin").toString()));
        args.addAll(List.of(more));
        return Run.facemill(args.toArray(String[]::new));
    }

    @Test
    void aSetThatTenFoldsCannotBeMadeOfIsRefusedByName() throws IOException {
        writeSet("lfw", true, 8);
        writeSet("cfp_fp", true);

        Run run = verify();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains(folder.resolve("lfw.bin") + ": 4 pairs of one person and 4 of two")
                .contains("at least 10");
    }

    private void writeSet(String name, boolean right) throws IOException {
        writeSet(name, right, 20);
    }

    /** Pairs of a picture with itself and of two people, in turn; labelled right, or all wrong: then the best threshold accepts none. */
    private void writeSet(String name, boolean right, int pairs) throws IOException {
        List<byte[]> images = new ArrayList<>();
        List<Boolean> same = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            images.add(picture(pair));
            images.add(picture(pair % 2 == 0 ? pair : pair + 1));
            same.add(pair % 2 == 0 == right);
        }
        Files.write(folder.resolve(name + ".bin"), new Pickler().dumps(List.of(images, same)));
    }

    private static byte[] picture(int identity) {
        return Images.png(Images.resizeBilinear(
                new FacePainter()
                        .paint(Noise.unitVector(1, identity, 512), 1, identity, 0)
                        .image()
                        .crop(24, 24, 80, 80),
                112,
                112));
    }
}
