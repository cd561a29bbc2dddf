package org.facemill.ldm;

import java.io.IOException;
import java.util.Map;
import org.facemill.images.RgbImage;

/** Follows a training, on the training's thread. */
public interface TrainingObserver {

    /**
     * A stage went on.
     *
     * @param stage   check, embed, autoencoder, encode or denoiser
     * @param done    steps, or pictures where it checks, embeds or encodes
     * @param metrics {@code error} of the autoencoder (mean absolute, 0 to 255), {@code loss} and {@code lr} of the denoiser
     * @return whether to go on; otherwise the training saves its state and ends
     */
    boolean progress(String stage, long done, long total, Map<String, Double> metrics);

    /**
     * The work folder holds a whole state.
     *
     * @param steps done, all stages together
     */
    void saved(long steps) throws IOException;

    /** What the generator samples after so many steps of the denoiser's training. */
    void sampled(long step, RgbImage grid) throws IOException;
}
