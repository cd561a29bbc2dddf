package org.facemill.context.vectors;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.facemill.contexts.ContextSources;
import org.facemill.contexts.SeededSource;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.event.IdentityContext;
import org.facemill.contracts.recipe.run.ContextOrigin;
import org.facemill.contracts.recipe.run.Recipe;
import org.facemill.platform.store.MissingObjectException;
import org.facemill.platform.store.ObjectStore;

/** The contexts of a run's identities, by ordinal. */
@ApplicationScoped
public class ContextVectors {

    static final int ROW_BYTES = IdentityContext.DIMENSION * Float.BYTES;

    /** How many identities a seed gives contexts to. */
    public static final long UNBOUNDED = 1L << 32;

    private final ObjectStore store;

    ContextVectors(ObjectStore store) {
        this.store = store;
    }

    /**
     * The contexts of identities one after the other, at least one.
     *
     * @throws MissingObjectException where the run's copy of its stored contexts is gone
     */
    public List<float[]> of(String run, Recipe recipe, long from, int count) {
        ContextOrigin origin = recipe.contexts();
        return ContextSources.REGISTRY.of(origin.source(), origin.parameters()) instanceof SeededSource seeded
                ? LongStream.range(from, from + count)
                        .mapToObj(ordinal -> seeded.context(recipe.seed(), ordinal))
                        .toList()
                : rows(run, from, count);
    }

    private List<float[]> rows(String run, long from, int count) {
        FloatBuffer values = ByteBuffer.wrap(
                        store.read(Buckets.RUNS, Buckets.contexts(run), from * ROW_BYTES, count * ROW_BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        List<float[]> rows = new ArrayList<>();
        while (values.hasRemaining()) {
            float[] row = new float[IdentityContext.DIMENSION];
            values.get(row);
            rows.add(row);
        }
        return rows;
    }
}
