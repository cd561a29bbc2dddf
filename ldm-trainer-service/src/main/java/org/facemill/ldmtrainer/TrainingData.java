package org.facemill.ldmtrainer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.recipe.Names;
import org.facemill.contracts.recipe.RecipeException;
import org.facemill.contracts.recipe.RecipeException.Fault;
import org.facemill.contracts.recipe.generator.LdmRecipe;
import org.facemill.ldm.LdmTraining;
import org.facemill.platform.store.ObjectStore;

/** Brings training data to this machine: {@code bucket/prefix} of a recipe becomes the path {@code bucket/prefix} below a folder. */
final class TrainingData {

    private TrainingData() {}

    /** @throws RecipeException naming every path in the recipe under which the store holds nothing, or that is none */
    static void check(ObjectStore store, LdmRecipe recipe) {
        List<Fault> faults = new ArrayList<>();
        paths(recipe).forEach((where, path) -> {
            try {
                keys(store, path);
            } catch (IOException e) {
                faults.add(new Fault(where, e.getMessage()));
            }
        });
        if (!faults.isEmpty()) {
            throw new RecipeException(faults);
        }
    }

    /** @throws IOException where the store holds nothing under a path, or the path is none */
    static void download(ObjectStore store, LdmRecipe recipe, Path folder) throws IOException {
        for (String path : paths(recipe).values()) {
            for (String key : keys(store, path)) {
                download(store, bucket(path), key, folder);
            }
        }
        Optional<String> contexts = recipe.data().folder().flatMap(LdmRecipe.Folder::contexts);
        for (String names : contexts.map(LdmTraining::rowNames).orElse(List.of())) {
            if (store.exists(bucket(names), key(names))) {
                download(store, bucket(names), key(names), folder);
            }
        }
    }

    private static void download(ObjectStore store, String bucket, String key, Path folder) throws IOException {
        Path file = folder.resolve(bucket).resolve(key).normalize();
        if (!file.startsWith(folder)) {
            throw new IOException("the key " + key + " climbs out of its bucket");
        }
        store.download(bucket, key, file);
    }

    /** What the recipe takes from the store, by where the recipe says so. */
    private static Map<String, String> paths(LdmRecipe recipe) {
        Map<String, String> paths = new LinkedHashMap<>();
        recipe.data().folder().ifPresent(folder -> {
            paths.put("$.data.folder.images", folder.images());
            folder.contexts().ifPresent(contexts -> paths.put("$.data.folder.contexts", contexts));
            folder.encoder()
                    .filter(encoder -> !encoder.equals(Names.REFERENCE_ENCODER))
                    .ifPresent(encoder -> paths.put("$.data.folder.encoder", encoder));
            folder.names().ifPresent(names -> paths.put("$.data.folder.names", names));
        });
        recipe.firstStage().ifPresent(firstStage -> paths.put("$.first_stage", firstStage));
        return paths;
    }

    private static String bucket(String path) {
        return path.substring(0, Math.max(0, path.indexOf('/')));
    }

    private static String key(String path) {
        return path.substring(path.indexOf('/') + 1);
    }

    /** The keys that a path means: the object, or all below it; {@code a} is no prefix of {@code ab/c}. */
    private static List<String> keys(ObjectStore store, String path) throws IOException {
        String bucket = bucket(path);
        if (!Buckets.ALL.contains(bucket)) {
            throw new IOException(
                    "'" + path + "' given, expected bucket/prefix with one of the buckets " + Buckets.ALL);
        }
        String prefix = key(path);
        String below = prefix.endsWith("/") ? prefix : prefix + "/";
        List<String> keys = store.list(bucket, prefix).stream()
                .filter(key -> key.equals(prefix) || key.startsWith(below))
                .toList();
        if (keys.isEmpty()) {
            throw new IOException("the store holds nothing under " + path);
        }
        return keys;
    }
}
