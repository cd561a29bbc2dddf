package org.facemill.diffusion.training;

/**
 * Samples of a batch that are computed together.
 *
 * @param from the first
 * @param size how many
 */
record Part(int from, int size) {

    /** One of so many parts of nearly the same size. */
    static Part of(int batch, int index, int parts) {
        int from = batch * index / parts;
        return new Part(from, batch * (index + 1) / parts - from);
    }

    int end() {
        return from + size;
    }
}
