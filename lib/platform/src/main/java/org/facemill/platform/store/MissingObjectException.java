package org.facemill.platform.store;

import org.facemill.contracts.ObjectRef;

/** An object that an event refers to is not in the store; trying again cannot help. */
public final class MissingObjectException extends RuntimeException {

    public MissingObjectException(String bucket, String key) {
        super(bucket + "/" + key
                + " is not in the object store; was it deleted, or does the bucket prefix differ between services?");
    }

    public MissingObjectException(ObjectRef ref) {
        this(ref.bucket(), ref.key());
    }
}
