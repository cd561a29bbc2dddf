package org.facemill.platform.store;

import io.minio.GetObjectResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** Bytes on their way between the store and this machine. */
final class Transfers {

    private static final int COPY_BYTES = 64 << 10;
    private static final long MAX_BYTES = Runtime.getRuntime().maxMemory() / 4;
    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "png",
            "image/png",
            "json",
            "application/json",
            "tar",
            "application/x-tar",
            "html",
            "text/html",
            "csv",
            "text/csv",
            "yaml",
            "application/yaml");

    private Transfers() {}

    /** A few objects at once must fit into memory, whoever stored them. */
    static InputStream bounded(GetObjectResponse in) {
        String length = in.headers().get("Content-Length");
        if (length != null && Long.parseLong(length) > MAX_BYTES) {
            throw new StoreException("get " + in.bucket() + "/" + in.object() + ": it has " + length
                    + " bytes, at most " + MAX_BYTES + " are read into memory");
        }
        return in;
    }

    /** What the disk refuses is no failure of the store. */
    static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[COPY_BYTES];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            try {
                out.write(buffer, 0, length);
            } catch (IOException e) {
                throw new UncheckedIOException("the temporary folder takes no more: " + e.getMessage(), e);
            }
        }
    }

    static String contentType(String key) {
        return CONTENT_TYPES.getOrDefault(key.substring(key.lastIndexOf('.') + 1), "application/octet-stream");
    }
}
