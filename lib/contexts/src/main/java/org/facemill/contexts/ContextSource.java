package org.facemill.contexts;

import org.facemill.contracts.registry.Kind;
import org.facemill.contracts.registry.Registered;

/**
 * A source of identity contexts, vectors of {@link org.facemill.contracts.event.IdentityContext#DIMENSION} numbers. A new one
 * is a record with its parameters for components, of one of the two kinds, and a line in {@link ContextSources}.
 */
public sealed interface ContextSource extends Registered permits SeededSource, StoredSource {

    @Override
    default Kind kind() {
        return Kind.CONTEXT_SOURCE;
    }
}
