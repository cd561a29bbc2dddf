package org.facemill.diffusion.training;

/**
 * Samples of a batch that are computed together.
 *
 * @param from the first
 * @param size how many
 */
record MicroBatch(int from, int size) {

    /** One of so many parts of nearly the same size. */
    static MicroBatch of(int batch, int index, int parts) {
        int from = batch * index / parts;
        return new MicroBatch(from, batch * (index + 1) / parts - from);
    }

    int end() {
        return from + size;
    }
}
