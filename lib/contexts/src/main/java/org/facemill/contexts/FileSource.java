package org.facemill.contexts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Pattern;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.facemill.contracts.event.IdentityContext;
import org.facemill.tensor.Contexts;

/** The rows of a contexts file, in file order. */
public record FileSource(
        @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9._-]*") @JsonPropertyDescription("object in the contexts bucket")
        String file)
        implements StoredSource {

    @Override
    public String name() {
        return "file";
    }

    @Override
    public String description() {
        return "rows of a contexts file, in its order";
    }

    @Override
    public Map<String, float[]> read(ContextFiles files) throws IOException {
        Path path = files.local(file);
        Map<String, float[]> contexts = Contexts.read(path);
        requireDimension(path, contexts.values().iterator().next());
        requireDirections(path, contexts);
        return contexts;
    }

    private static void requireDimension(Path path, float[] context) throws IOException {
        if (context.length != IdentityContext.DIMENSION) {
            throw new IOException(path + ": holds vectors of " + context.length + " values, contexts have "
                    + IdentityContext.DIMENSION);
        }
    }

    private static void requireDirections(Path path, Map<String, float[]> contexts) throws IOException {
        for (Map.Entry<String, float[]> context : contexts.entrySet()) {
            if (Contexts.isZero(context.getValue())) {
                throw new IOException(path + ": the context `" + context.getKey()
                        + "` is the zero vector, which has no direction; leave it out");
            }
        }
    }
}
