package org.facemill.cli.machine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A program's log, read from its end; it may be large and grow while it is read. */
public record LogFile(Path path) {

    private static final int TAIL_BYTES = 256 << 10;

    /** The last lines, at most so many. */
    public List<String> tail(int count) throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long start = Math.max(0, file.length() - TAIL_BYTES);
            List<String> lines = read(file, start).lines().toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        }
    }

    /** Where the log ends now: what {@link #readFrom} goes on from. */
    public long end() {
        return path.toFile().length();
    }

    /** Hands on the whole lines written since a position; returns the position behind them. */
    public long readFrom(long position, Consumer<String> lines) throws IOException {
        if (end() <= position) {
            return position;
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            String text = read(file, position);
            int whole = text.lastIndexOf('\n') + 1;
            text.substring(0, whole).lines().forEach(lines);
            return position + text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length;
        }
    }

    private static String read(RandomAccessFile file, long start) throws IOException {
        byte[] bytes = new byte[(int) Math.min(file.length() - start, TAIL_BYTES)];
        file.seek(start);
        file.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
