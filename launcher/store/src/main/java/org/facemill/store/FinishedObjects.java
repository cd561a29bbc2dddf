package org.facemill.store;

import java.util.List;
import java.util.regex.Pattern;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A store that lists no object before it is whole: the server writes it under {@code <key>-<uuid>} beside its key first. */
final class FinishedObjects extends ForwardingBlobStore {

    private static final Pattern UNFINISHED = Pattern.compile(".+-\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    FinishedObjects(BlobStore store) {
        super(store);
    }

    static boolean isUnfinished(String name) {
        return UNFINISHED.matcher(name).matches();
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        ListObjectsV2Response page = super.list(request);
        List<S3Object> finished = page.contents().stream()
                .filter(object -> !isUnfinished(object.key()))
                .toList();
        return page.toBuilder().contents(finished).build();
    }
}
