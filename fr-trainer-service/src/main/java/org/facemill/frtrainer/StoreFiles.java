package org.facemill.frtrainer;

import java.util.List;
import org.facemill.contracts.Buckets;
import org.facemill.datasets.DatasetException;
import org.facemill.datasets.DatasetFiles;
import org.facemill.platform.store.MissingObjectException;
import org.facemill.platform.store.ObjectStore;

/**
 * The files of a packed dataset, read in place from the store.
 *
 * @param prefix of their keys in the datasets bucket
 * @param names  what follows the prefix
 */
record StoreFiles(ObjectStore store, String prefix, List<String> names) implements DatasetFiles {

    StoreFiles(ObjectStore store, String prefix) {
        this(
                store,
                prefix,
                store.list(Buckets.DATASETS, prefix).stream()
                        .map(key -> key.substring(prefix.length()))
                        .toList());
    }

    @Override
    public byte[] read(String name) {
        return store.find(Buckets.DATASETS, prefix + name).orElseThrow(() -> missing(name));
    }

    @Override
    public byte[] read(String name, long at, int length) {
        try {
            byte[] part = store.read(Buckets.DATASETS, prefix + name, at, length);
            if (part.length < length) {
                throw new DatasetException("%s%s: %d bytes at %d reach past the end; does the index belong to it?"
                        .formatted(this, name, length, at));
            }
            return part;
        } catch (MissingObjectException e) {
            throw missing(name);
        }
    }

    private DatasetException missing(String name) {
        return new DatasetException(this + name + ": no such object; was the dataset deleted while it was trained on?");
    }

    @Override
    public String toString() {
        return Buckets.DATASETS + "/" + prefix;
    }

    @Override
    public void close() {
        // the store stays open
    }
}
