package org.facemill.diffusion.sampler;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Keeps latents on their way from noise to image: hand it to a sampler as its listener. */
public final class StepResults implements StepListener {
    private final Set<Integer> wanted;
    private final Map<Integer, float[]> results = new LinkedHashMap<>();

    /** @param wanted steps t of the schedule after which to keep the latents */
    public StepResults(Set<Integer> wanted) {
        this.wanted = Set.copyOf(wanted);
    }

    @Override
    public void onStep(int done, int t, float[] x) {
        if (wanted.contains(t)) {
            results.put(t, x.clone());
        }
    }

    /** Latents after the step at t, by t, in the order of sampling. */
    public Map<Integer, float[]> results() {
        return Collections.unmodifiableMap(results);
    }
}
