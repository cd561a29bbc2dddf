package org.facemill.contracts.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.facemill.contracts.Json;

/**
 * The implementations of one kind on the class path, by name and in the order of their registration.
 *
 * @param <T> what they have in common
 */
public final class Registry<T extends Registered> {

    private final Kind kind;
    private final Map<String, T> byName = new LinkedHashMap<>();

    /**
     * Finds the implementations.
     *
     * @throws IllegalStateException where two have one name
     */
    public Registry(Kind kind, Class<T> type) {
        this.kind = kind;
        for (Registered found : find(type.getClassLoader())) {
            if (found.kind() == kind && byName.put(found.name(), type.cast(found)) != null) {
                throw new IllegalStateException("two implementations are registered as " + kind + " " + found.name());
            }
        }
    }

    static List<Registered> find(ClassLoader loader) {
        return ServiceLoader.load(Registrations.class, loader).stream()
                .map(ServiceLoader.Provider::get)
                .<Registered>flatMap(registrations -> registrations.registered().stream())
                .toList();
    }

    /** All implementations. */
    public List<T> all() {
        return List.copyOf(byName.values());
    }

    /** Their names. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /**
     * The implementation of a name, with its defaults.
     *
     * @throws IllegalArgumentException where there is none; names those that there are
     */
    public T named(String name) {
        T found = byName.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "no " + kind + " is called '" + name + "'; there are " + String.join(", ", byName.keySet()));
        }
        return found;
    }

    /**
     * The implementation that a recipe chooses, as {@link #of(String, ObjectNode)}.
     *
     * @throws IllegalArgumentException where there is none of this name, or a parameter cannot be read
     */
    public T of(Variant choice) {
        return of(choice.type(), choice.parameters());
    }

    /**
     * The implementation of a name with parameters; those that are left out have their defaults.
     *
     * @throws IllegalArgumentException where there is none of this name, or a parameter cannot be read
     */
    public T of(String name, ObjectNode parameters) {
        T defaults = named(name);
        try {
            @SuppressWarnings("unchecked")
            T chosen = (T) Json.MAPPER.treeToValue(
                    Json.merged(Json.MAPPER.valueToTree(defaults), parameters), defaults.getClass());
            return chosen;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(kind + " " + name + ": " + e.getOriginalMessage(), e);
        }
    }
}
