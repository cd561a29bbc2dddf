package org.facemill.platform.messaging;

import java.util.List;
import org.facemill.contracts.event.Event;
import org.facemill.platform.store.ObjectStore;

/**
 * The one thing that a service does with an event: plain Java that a test makes with {@code new}.
 *
 * <p>It may be asked for the same event again, and then leaves and announces the same. Whatever it throws is final: the
 * identity fails and the record becomes a dead letter, with the exception's message as reason. What can pass never comes
 * out of {@link ObjectStore} and {@link Publisher}, so nothing needs to be retried here.
 */
@FunctionalInterface
public interface Work<E extends Event> {

    /**
     * Does the work and stores its result.
     *
     * @param event what is to be done
     * @param heartbeat to be given between the steps of long work
     * @return what is announced of the result, at least once, before the record is acknowledged
     */
    List<Announcement> apply(E event, Heartbeat heartbeat) throws Exception;

    /**
     * Whether the identity that an event is about fails with this work. It does not where others go on without the result, as
     * they do without an evaluation: then the record alone becomes a dead letter.
     */
    default boolean failsIdentity() {
        return true;
    }

    /** Work that hands the extensions of its event's record on to what it says later, when the record is long done. */
    @FunctionalInterface
    interface WithExtensions<E extends Event> {

        /** As {@link Work#apply}. */
        List<Announcement> apply(E event, Extensions extensions, Heartbeat heartbeat) throws Exception;

        /** As {@link Work#failsIdentity}. */
        default boolean failsIdentity() {
            return true;
        }
    }

    /** This, as the stage calls it. */
    default WithExtensions<E> withExtensions() {
        Work<E> work = this;
        return new WithExtensions<>() {
            @Override
            public List<Announcement> apply(E event, Extensions extensions, Heartbeat heartbeat) throws Exception {
                return work.apply(event, heartbeat);
            }

            @Override
            public boolean failsIdentity() {
                return work.failsIdentity();
            }
        };
    }
}
