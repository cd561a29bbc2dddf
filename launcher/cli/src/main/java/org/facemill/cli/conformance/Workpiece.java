package org.facemill.cli.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.facemill.contracts.Json;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.event.EventType;
import org.facemill.contracts.event.IdentityEvent;

/** A kind of plug-in: what it is given to do, and what should come of it. */
interface Workpiece {

    /** Topic that the plug-in reads. */
    String reads();

    /** Topic that its results go to. */
    String answersAt();

    /** Kind of its results. */
    EventType gives();

    /** Whether an identity fails with what it cannot work on. */
    boolean failsIdentities();

    /** Work on one identity; what the event refers to is stored. */
    IdentityEvent make(String run, long ordinal);

    /**
     * Events in order whose work cannot be done, by what is wrong with them.
     *
     * @param make gives the event of a fresh identity
     */
    Map<String, IdentityEvent> impossible(LongFunction<IdentityEvent> make);

    /**
     * Holds a result to what was given.
     *
     * @throws IOException where what it refers to cannot be read
     */
    Result inspect(IdentityEvent given, IdentityEvent result, Inspection inspection) throws IOException;

    /**
     * A result that was checked.
     *
     * @param objects that it refers to
     * @param digest  of what is to be the same wherever it is made
     */
    record Result(List<ObjectRef> objects, String digest) {}

    /** An event with some of its JSON changed. */
    static <E extends IdentityEvent> E changed(E event, Consumer<ObjectNode> change) {
        ObjectNode tree = Json.MAPPER.valueToTree(event);
        change.accept(tree);
        try {
            @SuppressWarnings("unchecked")
            E changed = (E) Json.MAPPER.treeToValue(tree, event.getClass());
            return changed;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event that cannot be changed so: " + tree, e);
        }
    }
}
