package org.facemill.datasets;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.facemill.contracts.registry.Kind;
import org.facemill.contracts.registry.Registered;

/**
 * A format in which datasets are packed and read; its name is also that of the folder that its files are packed into. A new one
 * is a class of its own and a line in {@link DatasetFormats}.
 */
public interface DatasetFormat extends Registered {

    @Override
    default Kind kind() {
        return Kind.DATASET_FORMAT;
    }

    /** Which files a dataset of this format has, in a few words. */
    String files();

    /** Whether images can be read from a store one by one, rather than from a copy of the whole. */
    boolean readsInPlace();

    /**
     * Whether a dataset of this format is among the files.
     *
     * @param names of all files but the system's own
     */
    boolean matches(List<String> names);

    /**
     * Opens a dataset.
     *
     * @param files closed with the dataset
     * @param names of all of these but the system's own
     * @param field that holds the image, where samples have several
     * @throws DatasetException if it is damaged, unfinished or ambiguous
     */
    ImageDataset open(DatasetFiles files, List<String> names, Optional<String> field);

    /** Begins the files of a dataset. */
    DatasetWriter writer(DatasetPlan plan, DatasetTarget target) throws IOException;

    /** Those files of a suffix that lie in the dataset's folder itself, sorted. */
    static List<String> atRoot(List<String> names, String suffix) {
        return names.stream()
                .filter(name -> name.endsWith(suffix) && !name.contains("/"))
                .sorted()
                .toList();
    }
}
