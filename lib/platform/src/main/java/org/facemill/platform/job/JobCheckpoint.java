package org.facemill.platform.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.facemill.contracts.Buckets;
import org.facemill.platform.store.ObjectStore;
import org.facemill.tensor.WholeFiles;

/**
 * What a job has done so far: a folder on this machine, kept in the store too. Its file {@value #MARK}, JSON with at least the
 * number {@code step}, names or implies the others: it is stored last.
 */
public final class JobCheckpoint implements AutoCloseable {

    public static final String MARK = "checkpoint.json";

    private final ObjectStore store;
    private final String prefix;
    private final Path folder;
    private final Map<String, Version> stored = new HashMap<>();

    /** Tells whether a file has changed. */
    private record Version(long size, long modified) {
        static Version of(Path file) throws IOException {
            return new Version(Files.size(file), Files.getLastModifiedTime(file).toMillis());
        }
    }

    private record Step(long step) {}

    private JobCheckpoint(ObjectStore store, String prefix, Path folder) {
        this.store = store;
        this.prefix = prefix;
        this.folder = folder;
    }

    /** Brings a job's checkpoint, if there is one, to a temporary folder of this machine. */
    public static JobCheckpoint open(ObjectStore store, Job job) throws IOException {
        JobCheckpoint checkpoint = new JobCheckpoint(
                store, Buckets.checkpoint(job.run(), job.name()), Files.createTempDirectory("facemill-job"));
        if (store.exists(Buckets.JOBS, checkpoint.prefix + MARK)) {
            for (String key : store.list(Buckets.JOBS, checkpoint.prefix)) {
                String name = key.substring(checkpoint.prefix.length());
                Path file = checkpoint.folder.resolve(name);
                store.download(Buckets.JOBS, key, file);
                checkpoint.stored.put(name, Version.of(file));
            }
        }
        return checkpoint;
    }

    /** Steps done at a job's checkpoint in the store; 0 where there is none. */
    static long step(ObjectStore store, Job job) {
        return store.findJson(Buckets.JOBS, Buckets.checkpoint(job.run(), job.name()) + MARK, Step.class)
                .map(Step::step)
                .orElse(0L);
    }

    /** Where the work leaves its files; none of them may change while {@link #upload} reads it. */
    public Path folder() {
        return folder;
    }

    /** Brings what is new in the folder to the store: first files, then the mark; then what the folder holds no more goes. */
    public void upload() throws IOException {
        Set<String> names = new HashSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                names.add(folder.relativize(file).toString().replace('\\', '/'));
            }
        }
        for (String name :
                names.stream().sorted(Comparator.comparing(MARK::equals)).toList()) {
            Version version = Version.of(folder.resolve(name));
            if (!version.equals(stored.get(name)) || name.equals(MARK)) {
                store.upload(Buckets.JOBS, prefix + name, folder.resolve(name));
                stored.put(name, version);
            }
        }
        for (String key : store.list(Buckets.JOBS, prefix)) {
            if (!names.contains(key.substring(prefix.length()))) {
                store.delete(Buckets.JOBS, key);
            }
        }
    }

    /** Deletes the folder on this machine. */
    @Override
    public void close() {
        try {
            WholeFiles.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
