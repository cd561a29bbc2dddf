package org.facemill.splitter.packing;

import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.facemill.contracts.Buckets;
import org.facemill.datasets.DatasetTarget;
import org.facemill.platform.store.ObjectStore;

/**
 * Files of a dataset on their way into the datasets bucket: each is spooled to disk, so that its size does not matter,
 * and uploaded when it is complete, several at a time. Closing waits for all of them.
 */
final class UploadTarget implements DatasetTarget, Closeable {

    private static final int UPLOADS_AT_ONCE = 8;
    private static final int UPLOADS_AHEAD = 64;

    private final ObjectStore store;
    private final String prefix;
    private final ExecutorService pool = Executors.newFixedThreadPool(UPLOADS_AT_ONCE);
    private final Deque<Future<?>> uploads = new ArrayDeque<>();

    UploadTarget(ObjectStore store, String prefix) {
        this.store = store;
        this.prefix = prefix;
    }

    @Override
    public OutputStream create(String path) throws IOException {
        Path file = Files.createTempFile("facemill-upload-", "");
        return new FilterOutputStream(Files.newOutputStream(file)) {

            private boolean complete;

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                super.close();
                if (!complete) {
                    complete = true;
                    upload(path, file);
                }
            }
        };
    }

    private void upload(String path, Path file) throws IOException {
        uploads.add(pool.submit(() -> {
            try {
                return store.upload(Buckets.DATASETS, prefix + path, file);
            } finally {
                Files.delete(file);
            }
        }));
        while (uploads.size() > UPLOADS_AHEAD) {
            await(uploads.remove());
        }
    }

    private static void await(Future<?> upload) throws IOException {
        try {
            upload.get();
        } catch (ExecutionException e) {
            throw new IOException("an upload failed: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while uploading", e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            while (!uploads.isEmpty()) {
                await(uploads.remove());
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
