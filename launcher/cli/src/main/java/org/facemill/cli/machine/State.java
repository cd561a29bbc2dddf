package org.facemill.cli.machine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The one folder that holds all state of the system on this machine.
 *
 * @param folder created where it does not exist
 */
public record State(Path folder) {

    public State {
        folder = folder.toAbsolutePath().normalize();
    }

    Path brokerData() {
        return folder.resolve("broker");
    }

    Path storeData() {
        return folder.resolve("store");
    }

    /** See {@link StoreKeys}. */
    Path storeKeys() {
        return folder.resolve("store-keys.json");
    }

    Path ledger() {
        return folder.resolve("ledger");
    }

    public Path logs() {
        return folder.resolve("logs");
    }

    public Path log(String program) {
        return logs().resolve(program + ".log");
    }

    /** Where the results of a run are copied to, unless another folder is asked for. */
    public Path results(String run) {
        return folder.resolve("results").resolve(run);
    }

    /** Holds the name of the run that the demo of this recipe submitted. */
    public Path demo(String recipe) {
        return folder.resolve("demo").resolve(recipe);
    }

    /** What {@link Instance} was written at the last start; it may have ended since. */
    Path instance() {
        return folder.resolve("instance.json");
    }

    /**
     * Takes the folder for this process; the operating system gives it back when the process ends, however it ends.
     *
     * @return empty where another process holds it
     * @throws MachineException where it cannot be made or written
     */
    Optional<FileLock> lock() throws IOException {
        FileChannel file = open();
        FileLock lock = file.tryLock();
        if (lock == null) {
            file.close();
        }
        return Optional.ofNullable(lock);
    }

    /** Whether no process holds the folder. */
    boolean isFree() throws IOException {
        Optional<FileLock> lock = lock();
        if (lock.isPresent()) {
            lock.get().acquiredBy().close();
        }
        return lock.isPresent();
    }

    private FileChannel open() {
        try {
            Files.createDirectories(folder);
            return FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            String why = e instanceof FileSystemException problem && problem.getReason() != null
                    ? " (" + problem.getReason() + ")"
                    : "";
            throw new MachineException(
                    folder + ": cannot be written as a folder of the system's state" + why
                            + "; take another by --state",
                    e);
        }
    }
}
