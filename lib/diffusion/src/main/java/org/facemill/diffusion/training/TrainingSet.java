package org.facemill.diffusion.training;

/** Latents (or images) with their contexts, by index. Implementations are safe for one reading thread. */
public interface TrainingSet {

    int size();

    /** Channels, height and width of a sample. */
    long[] shape();

    /** Length of a context; 0 without. */
    int contextLength();

    /** Copies sample {@code index}, row-major, to {@code out} from {@code at} on. */
    void sample(int index, float[] out, int at);

    /** Copies the context of sample {@code index}. */
    void context(int index, float[] out, int at);
}
