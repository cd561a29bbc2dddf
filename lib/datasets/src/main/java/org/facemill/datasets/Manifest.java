package org.facemill.datasets;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.facemill.contracts.DatasetDigest;
import org.facemill.contracts.Json;
import org.facemill.contracts.event.Origin;
import org.facemill.contracts.event.Outcome;
import org.facemill.contracts.recipe.run.CopyKind;
import org.facemill.contracts.recipe.run.Recipe;

/**
 * What a packed dataset holds and how it was made, enough to make it again: {@code manifest.json}, written last.
 *
 * @param run the run
 * @param version version of the dataset, from 1
 * @param recipe the recipe, seed included
 * @param origins what made the images: sampler, model and its digest, class of device; one entry if all are alike
 * @param digest {@link DatasetDigest} of the members' images, copies not counted
 * @param formats packed, each in a subfolder of its own
 * @param copies further copies of each identity's first image in these
 * @param copyKind what the copies are
 * @param members the identities, by ordinal; the n-th is class n
 * @param others identities below the last member's ordinal that are not in the dataset, and why
 */
public record Manifest(
        String run,
        int version,
        Recipe recipe,
        List<Origin> origins,
        String digest,
        List<String> formats,
        int copies,
        CopyKind copyKind,
        List<Member> members,
        List<Other> others) {

    /** An identity of the dataset: its ordinal, its folder's name and the pixel hash of each image. */
    public record Member(long ordinal, String folder, List<String> pixelSha256) {

        public Member {
            pixelSha256 = List.copyOf(pixelSha256);
        }
    }

    /** An identity that is not in the dataset. */
    public record Other(long ordinal, Outcome outcome, String reason) {}

    public Manifest {
        origins = List.copyOf(origins);
        formats = List.copyOf(formats);
        members = List.copyOf(members);
        others = List.copyOf(others);
    }

    /** Name of the folder of class {@code label}. */
    public static String folder(int label) {
        return ImageNames.folder(label);
    }

    /** The digest of members' images. */
    public static String digestOf(List<Member> members) {
        List<DatasetDigest.Line> lines = new ArrayList<>();
        for (Member member : members) {
            for (int image = 0; image < member.pixelSha256().size(); image++) {
                lines.add(new DatasetDigest.Line(
                        member.ordinal(), image, member.pixelSha256().get(image)));
            }
        }
        return DatasetDigest.of(lines);
    }

    /** Number of images, without copies. */
    @JsonIgnore
    public int images() {
        return members.stream().mapToInt(m -> m.pixelSha256().size()).sum();
    }

    /** The manifest as UTF-8 JSON. */
    public byte[] json() {
        try {
            return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest of plain values can be written", e);
        }
    }

    /**
     * Reads a manifest.
     *
     * @param name what messages call it
     */
    public static Manifest read(String name, byte[] json) {
        try {
            return Json.MAPPER.readValue(json, Manifest.class);
        } catch (IOException e) {
            throw new DatasetException(name + ": no manifest of a dataset (" + e.getMessage() + ")", e);
        }
    }
}
