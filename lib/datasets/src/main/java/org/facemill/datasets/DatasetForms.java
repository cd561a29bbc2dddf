package org.facemill.datasets;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.facemill.contracts.recipe.run.DatasetFormat;

/** All forms of datasets. */
public final class DatasetForms {

    /** Pictures lie about in many folders: they make a dataset only where no other form does. */
    static final DatasetForm FOLDER = new FolderForm();

    static final List<DatasetForm> PACKED = List.of(new RecordIoForm(), new TfRecordForm(), new WebDatasetForm());

    private DatasetForms() {}

    /** Whether images of this form can be read from a store one by one, rather than from a copy of the whole. */
    public static boolean readsInPlace(DatasetFormat format) {
        return of(format).readsInPlace();
    }

    /** The folder of a form's files below that of the dataset. */
    public static String folder(DatasetFormat format) {
        return format.name().toLowerCase(Locale.ROOT);
    }

    /** Which files make a dataset, for messages and help. */
    public static String description() {
        return PACKED.stream().map(DatasetForm::files).collect(Collectors.joining(", ")) + ", or " + FOLDER.files();
    }

    static DatasetForm of(DatasetFormat format) {
        return format == FOLDER.format()
                ? FOLDER
                : PACKED.stream()
                        .filter(form -> form.format() == format)
                        .findFirst()
                        .orElseThrow();
    }
}
