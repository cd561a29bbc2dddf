package org.facemill.frtrainer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.event.DatasetSealed;
import org.facemill.contracts.recipe.DatasetFormat;
import org.facemill.datasets.ImageDataset;
import org.facemill.datasets.ImageDatasets;
import org.facemill.datasets.Manifest;
import org.facemill.platform.ObjectStore;

/** A sealed version of a dataset, brought to this machine. */
record StoredDataset(Manifest manifest, ImageDataset images) implements AutoCloseable {

    /** Few large files before many small ones. */
    private static final List<DatasetFormat> PREFERENCE =
            List.of(DatasetFormat.RECORDIO, DatasetFormat.TFRECORD, DatasetFormat.WEBDATASET, DatasetFormat.FOLDER);

    /** Downloads one of the forms that the dataset is packed in. */
    static StoredDataset download(ObjectStore store, DatasetSealed sealed, Path folder) throws IOException {
        Manifest manifest = Manifest.read(sealed.manifest().key(), store.get(sealed.manifest()));
        DatasetFormat format = PREFERENCE.stream().filter(manifest.formats()::contains).findFirst()
                .orElseThrow(() -> new IllegalStateException(sealed.manifest().key() + " names no form of the dataset"));
        String prefix = Buckets.dataset(sealed.run(), sealed.version()) + format.name().toLowerCase(Locale.ROOT) + "/";
        for (String key : store.list(Buckets.DATASETS, prefix)) {
            store.download(Buckets.DATASETS, key, folder.resolve(key.substring(prefix.length())));
        }
        return new StoredDataset(manifest, ImageDatasets.open(folder));
    }

    /** The ordinals of the last classes. */
    List<Long> ordinals(int from) {
        return manifest.members().stream().skip(from).map(Manifest.Member::ordinal).toList();
    }

    @Override
    public void close() {
        images.close();
    }
}
