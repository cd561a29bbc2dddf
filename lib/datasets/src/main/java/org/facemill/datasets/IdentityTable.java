package org.facemill.datasets;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code identities.csv} beside a packed dataset: label, name and number of images of each identity. It is written first,
 * so that a dataset of which a part is missing can be told from a whole one.
 *
 * @param file what messages call it
 * @param identities by label
 */
record IdentityTable(String file, Map<Integer, Identity> identities) {

    static final String NAME = "identities.csv";

    private static final String HEADER = "label,identity,images";
    /** A field is quoted where it holds a comma, a quote or a line break (RFC 4180). */
    private static final Pattern ROW = Pattern.compile("(\\d+),(\"(?:[^\"]++|\"\")*+\"|[^\",\r\n]*),(\\d+)(?:\r?\n|$)");

    static void write(OutputStream out, List<Identity> identities) throws IOException {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (Identity identity : identities) {
            text.append(identity.label())
                    .append(',')
                    .append(field(identity.name()))
                    .append(',')
                    .append(identity.images())
                    .append('\n');
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String field(String text) {
        return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    /**
     * The table as it was written.
     *
     * @throws DatasetException if it is none
     */
    static IdentityTable read(String file, byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        Matcher row = ROW.matcher(text);
        int at = text.indexOf('\n') + 1;
        if (!text.substring(0, at).strip().equals(HEADER)) {
            throw new DatasetException(
                    file + ": begins with '" + text.lines().findFirst().orElse("") + "', expected '" + HEADER
                            + "'; if the file is none of the dataset's, move it away");
        }
        Map<Integer, Identity> identities = new TreeMap<>();
        for (; at < text.length(); at = row.end()) {
            if (!row.region(at, text.length()).lookingAt()) {
                throw new DatasetException(file + ": '"
                        + text.substring(at).lines().findFirst().orElse("") + "' is not label, identity and images"
                        + " between commas; was it cut off?");
            }
            Identity identity =
                    new Identity(Labels.of(row.group(1), file), unquoted(row.group(2)), Integer.parseInt(row.group(3)));
            if (identities.put(identity.label(), identity) != null) {
                throw new DatasetException(file + ": label " + identity.label() + " twice");
            }
        }
        return new IdentityTable(file, identities);
    }

    private static String unquoted(String field) {
        return field.startsWith("\"") ? field.substring(1, field.length() - 1).replace("\"\"", "\"") : field;
    }

    /**
     * Holds a dataset against what was announced.
     *
     * @throws DatasetException if an identity has another number of images
     */
    void requireWhole(ImageDataset dataset) {
        Map<Integer, Integer> found = new TreeMap<>();
        for (int i = 0; i < dataset.size(); i++) {
            found.merge(dataset.label(i), 1, Integer::sum);
        }
        List<Identity> announced = new ArrayList<>(identities.values());
        found.keySet().stream()
                .filter(label -> !identities.containsKey(label))
                .forEach(label -> announced.add(new Identity(label, dataset.identity(label), 0)));
        for (Identity identity : announced) {
            int images = found.getOrDefault(identity.label(), 0);
            if (images != identity.images()) {
                throw new DatasetException(
                        ("%s: announces %d images of identity %d ('%s'), the dataset beside it has %d; was it copied or"
                                        + " packed to the end? If it was changed on purpose, delete %s")
                                .formatted(file, identity.images(), identity.label(), identity.name(), images, NAME));
            }
        }
    }
}
