package org.facemill.frtrainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.facemill.contracts.Buckets;
import org.facemill.platform.ObjectStore;
import org.facemill.recognition.training.FrTrainer;

/**
 * A trainer's checkpoint folder, kept in the store too.
 *
 * @param prefix of its objects in the models bucket
 * @param folder on this machine
 */
record StoredCheckpoint(ObjectStore store, String prefix, Path folder) {

    /** Brings the store's checkpoint, if there is one, to this machine. */
    void download() throws IOException {
        Files.createDirectories(folder);
        if (store.exists(Buckets.MODELS, prefix + FrTrainer.CHECKPOINT)) {
            for (String key : store.list(Buckets.MODELS, prefix)) {
                store.download(Buckets.MODELS, key, folder.resolve(key.substring(prefix.length())));
            }
        }
    }

    /** Brings this machine's checkpoint to the store: the file that names the others last, then outdated ones go. */
    void upload() throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.list(folder)) {
            names = files.map(file -> file.getFileName().toString()).toList();
        }
        for (String name : names) {
            if (!name.equals(FrTrainer.CHECKPOINT)) {
                store.upload(Buckets.MODELS, prefix + name, folder.resolve(name));
            }
        }
        store.upload(Buckets.MODELS, prefix + FrTrainer.CHECKPOINT, folder.resolve(FrTrainer.CHECKPOINT));
        for (String key : store.list(Buckets.MODELS, prefix)) {
            if (!names.contains(key.substring(prefix.length()))) {
                store.delete(Buckets.MODELS, key);
            }
        }
    }

    /** Steps done at the store's checkpoint; 0 where there is none. */
    static long step(ObjectStore store, String prefix) {
        return store.findJson(Buckets.MODELS, prefix + FrTrainer.CHECKPOINT, Step.class).map(Step::step).orElse(0L);
    }

    private record Step(long step) {
    }
}
