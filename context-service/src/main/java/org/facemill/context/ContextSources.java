package org.facemill.context;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.recipe.run.ContextOrigin;
import org.facemill.contracts.recipe.run.Recipe;
import org.facemill.platform.store.ObjectStore;

/** Finds the contexts that recipes name; keeps the files' rows of runs that go on. */
@ApplicationScoped
class ContextSources {

    private final ObjectStore store;
    private final Map<String, ContextSource> files = new ConcurrentHashMap<>();

    ContextSources(ObjectStore store) {
        this.store = store;
    }

    /** The contexts of a run with this recipe. */
    ContextSource of(String run, Recipe recipe) {
        return switch (recipe.contexts().source()) {
            case UNIFORM -> ContextSource.uniform(recipe.seed());
            case FILE ->
                files.computeIfAbsent(run, r -> {
                    try {
                        return read(recipe.contexts());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        };
    }

    /** Forgets all runs but these. */
    void keep(List<String> runs) {
        files.keySet().retainAll(runs);
    }

    /**
     * Reads a contexts file whole.
     *
     * @throws IOException where it is no contexts file, or one of another dimension
     */
    ContextSource read(ContextOrigin contexts) throws IOException {
        Path folder = Files.createTempDirectory("contexts");
        Path file = folder.resolve(contexts.file());
        try {
            store.download(Buckets.CONTEXTS, contexts.file(), file);
            List<float[]> rows =
                    List.copyOf(org.facemill.tensor.Contexts.read(file, org.facemill.tensor.Contexts.Scale.UNIT)
                            .values());
            if (rows.get(0).length != ContextSource.DIMENSION) {
                throw new IOException(file + ": holds vectors of " + rows.get(0).length + " values, contexts have "
                        + ContextSource.DIMENSION);
            }
            return ContextSource.rows(rows);
        } catch (IOException e) {
            // users know the object, not the copy of it
            throw new IOException(e.getMessage().replace(folder.toString(), Buckets.CONTEXTS), e);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }
}
