package org.facemill.sampler;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.DatasetDigest;
import org.facemill.contracts.recipe.Precision;
import org.facemill.diffusion.model.GeneratorModel;
import org.facemill.platform.store.ObjectStore;
import org.facemill.tensor.WholeFiles;
import org.jboss.logging.Logger;

/**
 * Generator models by name, from the store. The few that were used last stay loaded; another takes the place of the one
 * that was not used for longest, which is closed. For one thread at a time.
 */
final class LoadedModels {

    private static final Logger LOG = Logger.getLogger(LoadedModels.class);

    private final ObjectStore store;
    private final int capacity;
    private final Map<Key, Loaded> loaded = new LinkedHashMap<>(16, 0.75f, true);

    /** @param capacity how many models stay loaded, at least 1 */
    LoadedModels(ObjectStore store, int capacity) {
        this.store = store;
        this.capacity = capacity;
    }

    private record Key(String name, Precision precision) {}

    /**
     * A model ready to sample from.
     *
     * @param sha256 over the model's files: of the sorted lines "name SHA-256"
     */
    record Loaded(GeneratorModel model, String sha256) {}

    /**
     * The model called {@code name}, loaded if it is not yet; usable until the next call.
     *
     * @throws IOException              if the store has no such model, or its files are none
     * @throws IllegalArgumentException if its parts do not belong together
     */
    Loaded get(String name, Precision precision) throws IOException {
        Key key = new Key(name, precision);
        Loaded found = loaded.get(key);
        if (found == null) {
            if (loaded.size() == capacity) {
                Key eldest = loaded.keySet().iterator().next();
                loaded.remove(eldest).model().close();
            }
            found = load(name, precision);
            loaded.put(key, found);
        }
        return found;
    }

    /** Weights are copied into the engine's memory, so the files go as soon as they are read. */
    private Loaded load(String name, Precision precision) throws IOException {
        List<String> keys = store.list(Buckets.MODELS, Buckets.model(name));
        if (keys.isEmpty()) {
            throw new IOException("the store holds no model `" + name + "`: put its files under " + Buckets.model(name)
                    + " in the bucket " + Buckets.MODELS);
        }
        Path folder = Files.createTempDirectory("facemill-model");
        try {
            StringBuilder files = new StringBuilder();
            for (String key : keys) {
                String file = key.substring(Buckets.model(name).length());
                Path local = folder.resolve(file).normalize();
                if (!local.startsWith(folder)) {
                    throw new IOException("the key " + key + " climbs out of its model");
                }
                files.append(file)
                        .append(' ')
                        .append(store.download(Buckets.MODELS, key, local).sha256())
                        .append('\n');
            }
            GeneratorModel model = GeneratorModel.open(folder, precision);
            LOG.infof("model %s loaded, %s", name, precision);
            return new Loaded(model, DatasetDigest.sha256(files.toString().getBytes(StandardCharsets.UTF_8)));
        } finally {
            WholeFiles.delete(folder);
        }
    }
}
