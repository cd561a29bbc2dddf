package org.facemill.datasets;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.facemill.datasets.files.FileNames;
import org.facemill.datasets.files.NaturalOrder;
import org.facemill.datasets.files.Pictures;

/**
 * Whose each picture of a folder is: its subfolder's ({@code anna/1.png}), or, where all lie in the folder itself, that of
 * the part of its name before the last {@code _} ({@code anna_1.png}).
 *
 * @param pictures of each identity in natural order, identities in natural order of their names
 * @param labels of the identities in the same order: their names, where all are different numbers, else 0, 1, ...
 * @param remarks what was left out
 */
record FolderLayout(Map<String, List<String>> pictures, List<Integer> labels, List<String> remarks) {

    private static final Pattern FLAT = Pattern.compile("(.+)_\\d+");

    /**
     * @param folder what messages call it
     * @param names of files, without the system's own
     * @throws DatasetException if there are no pictures, or it cannot be told whose they are
     */
    static FolderLayout of(String folder, List<String> names) {
        List<String> all = names.stream()
                .filter(Pictures::isPicture)
                .sorted(NaturalOrder.INSTANCE)
                .toList();
        List<String> inRoot = all.stream().filter(name -> depth(name) == 0).toList();
        List<String> inFolders = all.stream().filter(name -> depth(name) == 1).toList();
        List<String> deeper = all.stream().filter(name -> depth(name) > 1).toList();
        if (inFolders.isEmpty() && (inRoot.isEmpty() || !deeper.isEmpty())) {
            throw new DatasetException(folder + ": no dataset; expected " + DatasetFormats.description()
                    + (deeper.isEmpty()
                            ? ""
                            : "; " + deeper.size() + " pictures lie deeper, such as " + deeper.get(0)
                                    + ": give the folder that holds the identities' folders"));
        }
        Map<String, List<String>> pictures = new TreeMap<>(NaturalOrder.INSTANCE);
        for (String picture : inFolders.isEmpty() ? inRoot : inFolders) {
            pictures.computeIfAbsent(identity(folder, picture), identity -> new ArrayList<>())
                    .add(picture);
        }
        return new FolderLayout(
                pictures,
                Labels.ofNames(folder, List.copyOf(pictures.keySet())),
                inFolders.isEmpty() ? List.of() : remarks(folder, inRoot, deeper));
    }

    private static long depth(String name) {
        return name.chars().filter(c -> c == '/').count();
    }

    private static String identity(String folder, String picture) {
        int slash = picture.indexOf('/');
        if (slash > 0) {
            return picture.substring(0, slash);
        }
        Matcher flat = FLAT.matcher(FileNames.stem(picture));
        if (!flat.matches()) {
            throw new DatasetException(folder + "/" + picture + ": whose picture is it? Expected one subfolder for each"
                    + " identity, or pictures called IDENTITY_NUMBER, such as anna_1.png");
        }
        return flat.group(1);
    }

    private static List<String> remarks(String folder, List<String> inRoot, List<String> deeper) {
        List<String> remarks = new ArrayList<>();
        if (!inRoot.isEmpty()) {
            remarks.add("%s: %d pictures beside the identities' folders are left out, such as %s"
                    .formatted(folder, inRoot.size(), inRoot.get(0)));
        }
        if (!deeper.isEmpty()) {
            remarks.add("%s: %d pictures deeper than the identities' folders are left out, such as %s"
                    .formatted(folder, deeper.size(), deeper.get(0)));
        }
        return remarks;
    }
}
