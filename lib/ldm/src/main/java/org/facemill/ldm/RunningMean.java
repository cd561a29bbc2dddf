package org.facemill.ldm;

/**
 * A mean that forgets: of the last hundred values or so.
 *
 * @param count values so far
 */
record RunningMean(double mean, long count) {

    static final RunningMean NONE = new RunningMean(0, 0);

    private static final int MEMORY = 100;

    RunningMean with(double value) {
        return new RunningMean(mean + (value - mean) / Math.min(count + 1, MEMORY), count + 1);
    }
}
