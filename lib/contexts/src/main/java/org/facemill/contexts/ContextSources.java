package org.facemill.contexts;

import java.util.List;
import org.facemill.contracts.registry.Kind;
import org.facemill.contracts.registry.Registrations;
import org.facemill.contracts.registry.Registry;

/** The context sources that recipes and commands can choose. */
public final class ContextSources implements Registrations {

    public static final Registry<ContextSource> REGISTRY = new Registry<>(Kind.CONTEXT_SOURCE, ContextSource.class);

    @Override
    public List<ContextSource> registered() {
        return List.of(new UniformSource(), new FileSource(""));
    }
}
