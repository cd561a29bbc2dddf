package org.facemill.ldmtrainer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.recipe.LdmRecipe;
import org.facemill.platform.ObjectStore;

/** Brings training data to this machine: {@code bucket/prefix} of a recipe becomes the path {@code bucket/prefix} below a folder. */
final class StoredData {

    private static final String REFERENCE = "reference";

    private StoredData() {
    }

    /** @throws IOException where the store holds nothing under a path, or the path is none */
    static void download(ObjectStore store, LdmRecipe recipe, Path folder) throws IOException {
        Stream<String> data = recipe.data().folder().stream()
                .flatMap(source -> Stream.of(Optional.of(source.images()), source.contexts(), source.encoder()).flatMap(Optional::stream))
                .filter(path -> !path.equals(REFERENCE));
        for (String path : Stream.concat(data, recipe.firstStage().stream()).toList()) {
            download(store, path, folder);
        }
    }

    private static void download(ObjectStore store, String path, Path folder) throws IOException {
        int slash = path.indexOf('/');
        String bucket = slash < 0 ? path : path.substring(0, slash);
        if (!Buckets.ALL.contains(bucket) || slash < 0) {
            throw new IOException("'" + path + "' given, expected bucket/prefix with one of the buckets " + Buckets.ALL);
        }
        List<String> keys = keys(store, bucket, path.substring(slash + 1));
        if (keys.isEmpty()) {
            throw new IOException("the store holds nothing under " + path);
        }
        for (String key : keys) {
            Path file = folder.resolve(bucket).resolve(key).normalize();
            if (!file.startsWith(folder)) {
                throw new IOException("the key " + key + " climbs out of its bucket");
            }
            store.download(bucket, key, file);
        }
    }

    /** The object of this key, or all below it: {@code a} is no prefix of {@code ab/c}. */
    private static List<String> keys(ObjectStore store, String bucket, String prefix) {
        String below = prefix.endsWith("/") ? prefix : prefix + "/";
        return store.list(bucket, prefix).stream().filter(key -> key.equals(prefix) || key.startsWith(below)).toList();
    }
}
