package org.facemill.datasets;

import java.util.List;
import java.util.stream.Collectors;
import org.facemill.contracts.registry.Kind;
import org.facemill.contracts.registry.Registrations;
import org.facemill.contracts.registry.Registry;

/** The dataset formats that recipes and commands can choose. */
public final class DatasetFormats implements Registrations {

    /** Many folders hold pictures: these make a dataset only where no other format does. */
    static final DatasetFormat FOLDER = new FolderFormat();

    public static final Registry<DatasetFormat> REGISTRY = new Registry<>(Kind.DATASET_FORMAT, DatasetFormat.class);

    @Override
    public List<DatasetFormat> registered() {
        return List.of(FOLDER, new RecordIoFormat(), new TfRecordFormat(), new WebDatasetFormat());
    }

    /** Which files make a dataset, for messages and help. */
    public static String description() {
        return packed().stream().map(DatasetFormat::files).collect(Collectors.joining(", ")) + ", or " + FOLDER.files();
    }

    /** All but folders of pictures. */
    static List<DatasetFormat> packed() {
        return REGISTRY.all().stream().filter(format -> format != FOLDER).toList();
    }
}
