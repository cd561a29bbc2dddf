package org.facemill.diffusion.training;

/**
 * How much of the averaged model an update keeps (EMAModel in utils/ema.py with inv_gamma 1, power 0.75).
 */
public enum EmaDecay {
    /** The formula: nothing at the first two updates, then 1 - (1 + n)^-0.75, at most 0.9999. */
    INTENDED,
    /** What the original does: its decay never leaves 0, so that the average is the live model. */
    FAITHFUL;

    private static final double POWER = 0.75;
    private static final double MOST = 0.9999;

    /** The decay of the update after a step, counted from 0. */
    public double at(long step) {
        if (this == FAITHFUL || step < 2) {
            return 0;
        }
        return Math.min(MOST, 1 - StrictMath.pow(step, -POWER));
    }
}
