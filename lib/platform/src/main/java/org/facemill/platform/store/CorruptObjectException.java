package org.facemill.platform.store;

import org.facemill.contracts.ObjectRef;

/** An object is not the one that an event refers to: its hash is another; trying again cannot help. */
public final class CorruptObjectException extends RuntimeException {

    public CorruptObjectException(ObjectRef expected, String sha256) {
        super(expected.bucket() + "/" + expected.key() + " has SHA-256 " + sha256 + ", the event refers to "
                + expected.sha256() + "; was it overwritten?");
    }
}
