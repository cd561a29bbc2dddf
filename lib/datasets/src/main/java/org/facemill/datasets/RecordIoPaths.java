package org.facemill.datasets;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.facemill.datasets.files.NaturalOrder;

/** DCFace's {@code list.txt}: the number of each record and the path of its image, whose folder is the identity's. */
final class RecordIoPaths {

    static final String NAME = "list.txt";

    private final String file;
    private final Map<Long, String> folders = new HashMap<>();
    private final Map<String, Integer> labels = new HashMap<>();

    RecordIoPaths(DatasetFiles files) {
        this.file = files + "/" + NAME;
        new String(files.read(NAME), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(this::add);
        List<String> identities = List.copyOf(sorted());
        List<Integer> numbers = Labels.ofNames(file, identities);
        for (int i = 0; i < numbers.size(); i++) {
            labels.put(identities.get(i), numbers.get(i));
        }
    }

    private TreeSet<String> sorted() {
        TreeSet<String> identities = new TreeSet<>(NaturalOrder.INSTANCE);
        identities.addAll(folders.values());
        return identities;
    }

    private void add(String line) {
        String[] fields = line.split("\t");
        String[] path = fields[fields.length - 1].split("/");
        if (fields.length != 2 || path.length < 2 || !fields[0].matches("\\d{1,18}")) {
            throw new DatasetException(
                    file + ": line '" + line + "' is not a record's number, tab, identity/image; is it the dataset's?");
        }
        if (folders.put(Long.parseLong(fields[0]), path[path.length - 2]) != null) {
            throw new DatasetException(file + ": number " + fields[0] + " twice");
        }
    }

    int label(long number) {
        String folder = folders.get(number);
        if (folder == null) {
            throw new DatasetException(file + ": no line for record " + number + "; was it cut off?");
        }
        return labels.get(folder);
    }

    Map<Integer, String> identities() {
        Map<Integer, String> identities = new HashMap<>();
        labels.forEach((identity, label) -> identities.put(label, identity));
        return identities;
    }
}
