package org.facemill.contracts.registry;

import java.util.List;

/**
 * A registry's lines: one for each implementation. Found by {@link java.util.ServiceLoader}, so that whoever adds a jar with
 * registrations of its own adds its implementations everywhere.
 */
public interface Registrations {

    List<? extends Registered> registered();
}
