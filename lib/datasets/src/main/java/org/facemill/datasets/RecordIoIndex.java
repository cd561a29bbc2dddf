package org.facemill.datasets;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.stream.IntStream;

/** The index of a RecordIO file: where each record is, by its number. */
final class RecordIoIndex {

    private final String file;
    private final long[] numbers;
    private final long[] offsets;

    /**
     * Reads lines of number and byte offset between tabs, in any order.
     *
     * @param file what messages call it
     * @throws DatasetException if it is anything else, empty, or has a number twice
     */
    RecordIoIndex(String file, byte[] content) {
        this.file = file;
        long[][] entries = new String(content, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> !line.isBlank())
                .map(this::entry)
                .sorted(Comparator.comparingLong(entry -> entry[0]))
                .toArray(long[][]::new);
        if (entries.length == 0) {
            throw new DatasetException(file + ": an empty index; was the dataset packed to the end?");
        }
        numbers = Arrays.stream(entries).mapToLong(entry -> entry[0]).toArray();
        offsets = Arrays.stream(entries).mapToLong(entry -> entry[1]).toArray();
        for (int i = 1; i < numbers.length; i++) {
            if (numbers[i] == numbers[i - 1]) {
                throw new DatasetException(file + ": number " + numbers[i] + " twice");
            }
        }
    }

    private long[] entry(String line) {
        String[] fields = line.strip().split("\t");
        if (fields.length != 2 || !fields[0].matches("\\d{1,18}") || !fields[1].matches("\\d{1,18}")) {
            throw new DatasetException(file + ": line '" + line + "' is not number, tab, byte offset");
        }
        return new long[] {Long.parseLong(fields[0]), Long.parseLong(fields[1])};
    }

    /** Number of records. */
    int size() {
        return numbers.length;
    }

    /** Number of the record at a place of the index, which is sorted by it. */
    long number(int place) {
        return numbers[place];
    }

    /** Byte offset of the record at a place of the index. */
    long offset(int place) {
        return offsets[place];
    }

    /** Places in the order of their offsets. */
    Iterator<Integer> byOffset() {
        return IntStream.range(0, size())
                .boxed()
                .sorted(Comparator.comparingLong(this::offset))
                .iterator();
    }

    /**
     * Places of the records from one number to another, all of them.
     *
     * @param to exclusive
     * @param what they are, for messages
     * @throws DatasetException if one is missing
     */
    IntStream range(long from, long to, String what) {
        int first = place(from);
        int end = Math.max(first, place(to));
        if (end - first != Math.max(0, to - from)) {
            throw new DatasetException(
                    "%s: has %d of the records %d to %d, which record 0 announces as %s; was it copied or packed to the end?"
                            .formatted(file, end - first, from, to - 1, what));
        }
        return IntStream.range(first, end);
    }

    private int place(long number) {
        int place = Arrays.binarySearch(numbers, number);
        return place < 0 ? -place - 1 : place;
    }

    @Override
    public String toString() {
        return file;
    }
}
