package org.facemill.cli.conformance;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.facemill.contracts.DatasetDigest;
import org.facemill.contracts.Grid;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.event.RoutedEvent;
import org.facemill.images.Images;
import org.facemill.images.Limits;
import org.facemill.images.RgbImage;
import org.facemill.images.TileGrid;

/**
 * Checks one result.
 *
 * @param key      of its identity
 * @param objects  the store
 * @param findings where it is recorded
 */
record Inspection(String key, Store objects, Findings findings) {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final long MAX_PIXELS = 64L << 20;

    void handedOn(String field, Object given, Object result) {
        findings.expect(
                Check.HANDED_ON,
                Objects.equals(given, result),
                key + ": " + field + " is " + result + ", it was " + given);
    }

    /** The result goes the way that is left. */
    void way(RoutedEvent given, String nextTopic, List<String> laterTopics) {
        handedOn("next_topic, of the event's later_topics the first,", given.topicAfterNext(), nextTopic);
        handedOn("later_topics, the rest of the event's,", given.topicsAfterThat(), laterTopics);
    }

    void content(boolean holds, String fault) {
        findings.expect(Check.CONTENT, holds, key + ": " + fault);
    }

    /** The bytes that a reference names, where they are as it says. */
    Optional<byte[]> stored(String what, ObjectRef ref) {
        Optional<byte[]> bytes = objects.find(ref);
        String object = key + ": " + what + " " + ref.bucket() + "/" + ref.key();
        findings.expect(Check.STORED, bytes.isPresent(), object + " is not there");
        bytes.ifPresent(found -> findings.expect(
                Check.STORED,
                DatasetDigest.sha256(found).equals(ref.sha256()),
                object + " has another SHA-256 than the event says"));
        return bytes;
    }

    void liesAt(String what, ObjectRef ref, String bucketName, String expected) {
        String bucket = objects.bucket(bucketName);
        findings.expect(
                Check.KEYS,
                ref.bucket().equals(bucket) && ref.key().equals(expected),
                key + ": " + what + " is " + ref.bucket() + "/" + ref.key() + ", its place is " + bucket + "/"
                        + expected);
    }

    /** SHA-256 of a grid's pixels. */
    String pixels(byte[] png, Grid grid) throws IOException {
        if (png.length < PNG.length || !Arrays.equals(png, 0, PNG.length, PNG, 0, PNG.length)) {
            throw new IOException("the block is no PNG");
        }
        TileGrid tiles = new TileGrid(grid.tileSize(), grid.columns(), grid.count());
        Limits limits = new Limits(Math.max(tiles.width(), tiles.height()), MAX_PIXELS);
        RgbImage image = Images.decode(png, "the block", limits);
        tiles.cut(image);
        return image.sha256();
    }
}
