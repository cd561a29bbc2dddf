package org.facemill.datasets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.facemill.datasets.files.Pictures;
import org.facemill.datasets.files.SystemFiles;

/** Opens datasets in any of the forms, whole or not at all. */
public final class ImageDatasets {

    private ImageDatasets() {}

    /**
     * The dataset in a folder: see {@link DatasetFormats#description}.
     *
     * @throws DatasetException if there is none, or it is damaged, unfinished or ambiguous
     */
    public static ImageDataset open(Path folder) {
        return open(folder, Optional.empty());
    }

    /**
     * The dataset in a folder.
     *
     * @param field of WebDataset samples that holds the image, such as {@code face.jpg}; needed where they have several
     * @throws DatasetException if there is none, or it is damaged, unfinished or ambiguous
     */
    public static ImageDataset open(Path folder, Optional<String> field) {
        return open(new FolderFiles(folder), field);
    }

    /**
     * A dataset that is read from where it lies, image by image; for forms that {@linkplain DatasetFormat#readsInPlace can}.
     *
     * @param files closed with the dataset
     * @throws DatasetException if there is none, or it is damaged, unfinished or ambiguous
     */
    public static ImageDataset open(DatasetFiles files) {
        return open(files, Optional.empty());
    }

    private static ImageDataset open(DatasetFiles files, Optional<String> field) {
        try {
            List<String> names = files.names().stream()
                    .filter(name -> !SystemFiles.anyIsSystem(name))
                    .toList();
            if (names.contains(FolderTarget.UNFINISHED)) {
                throw new DatasetException(files + ": a dataset that was not packed to the end, as its file "
                        + FolderTarget.UNFINISHED + " says; pack it again");
            }
            List<DatasetFormat> packed = DatasetFormats.packed().stream()
                    .filter(format -> format.matches(names))
                    .toList();
            if (packed.size() > 1) {
                throw new DatasetException(files + ": datasets in several forms ("
                        + packed.stream().map(DatasetFormat::files).collect(Collectors.joining("; "))
                        + "); give a folder that holds one");
            }
            DatasetFormat format = packed.isEmpty() ? DatasetFormats.FOLDER : packed.get(0);
            return named(format.open(files, names, field), files, names, remarks(format, files, names));
        } catch (RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private static List<String> remarks(DatasetFormat format, DatasetFiles files, List<String> names) {
        long pictures = names.stream().filter(Pictures::isPicture).count();
        return format == DatasetFormats.FOLDER || pictures == 0
                ? List.of()
                : List.of(files + ": read as " + format.files() + "; " + pictures + " pictures beside are left out");
    }

    private static ImageDataset named(
            ImageDataset dataset, DatasetFiles files, List<String> names, List<String> remarks) {
        Map<Integer, String> identities = new TreeMap<>();
        if (names.contains(IdentityTable.NAME)) {
            IdentityTable table = IdentityTable.read(files + "/" + IdentityTable.NAME, files.read(IdentityTable.NAME));
            table.requireWhole(dataset);
            table.identities().forEach((label, identity) -> identities.put(label, identity.name()));
        }
        List<String> all = new ArrayList<>(remarks);
        all.addAll(dataset.remarks());
        return new NamedDataset(dataset, identities, all);
    }

    /** A dataset with its classes that have images counted from 0 without a gap, in the order of their labels. */
    public static ImageDataset dense(ImageDataset dataset) {
        return new DenseDataset(dataset);
    }

    /**
     * A dataset in memory.
     *
     * @param name what messages call it
     * @param identities encoded images, class by class
     */
    public static ImageDataset of(String name, List<List<byte[]>> identities) {
        return new MemoryDataset(name, identities);
    }
}
