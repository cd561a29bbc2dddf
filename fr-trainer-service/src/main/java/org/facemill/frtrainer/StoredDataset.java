package org.facemill.frtrainer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.event.DatasetSealed;
import org.facemill.datasets.DatasetFormat;
import org.facemill.datasets.DatasetFormats;
import org.facemill.datasets.ImageDataset;
import org.facemill.datasets.ImageDatasets;
import org.facemill.datasets.Manifest;
import org.facemill.platform.store.ObjectStore;

/** A sealed version of a dataset. */
record StoredDataset(Manifest manifest, ImageDataset images) implements AutoCloseable {

    /**
     * Opens one of the formats that the dataset is packed in: straight from the store, or, where that one must be read through
     * to be opened, a copy of it.
     *
     * @param folder for the copy
     */
    static StoredDataset open(ObjectStore store, DatasetSealed sealed, Path folder) throws IOException {
        Manifest manifest = Manifest.read(sealed.manifest().key(), store.get(sealed.manifest()));
        DatasetFormat format = manifest.formats().stream()
                .map(DatasetFormats.REGISTRY::named)
                .min(Comparator.comparing(DatasetFormat::readsInPlace).reversed())
                .orElseThrow(
                        () -> new IllegalStateException(sealed.manifest().key() + " names no format of the dataset"));
        String prefix = Buckets.dataset(sealed.run(), sealed.version()) + format.name() + "/";
        return new StoredDataset(
                manifest,
                format.readsInPlace()
                        ? ImageDatasets.open(new StoreFiles(store, prefix))
                        : ImageDatasets.open(download(store, prefix, folder)));
    }

    private static Path download(ObjectStore store, String prefix, Path folder) throws IOException {
        for (String key : store.list(Buckets.DATASETS, prefix)) {
            store.download(Buckets.DATASETS, key, folder.resolve(key.substring(prefix.length())));
        }
        return folder;
    }

    /** The ordinals of the last classes. */
    List<Long> ordinals(int from) {
        return manifest.members().stream()
                .skip(from)
                .map(Manifest.Member::ordinal)
                .toList();
    }

    @Override
    public void close() {
        images.close();
    }
}
