package org.facemill.diffusion.sampler;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keeps latents on their way from noise to image: a sampler's listener, in front of another. */
public final class StepResults implements StepListener {
    private final Set<Integer> wanted;
    private final StepListener next;
    private final SortedMap<Integer, float[]> results = new TreeMap<>();

    /**
     * @param wanted numbers of steps done, after which latents are kept; 0 is the noise
     * @param noise  x_T
     * @param next   called after each step, too
     */
    public StepResults(Set<Integer> wanted, float[] noise, StepListener next) {
        this.wanted = Set.copyOf(wanted);
        this.next = next;
        keep(0, noise);
    }

    @Override
    public void onStep(int done, int t, float[] x) {
        keep(done, x);
        next.onStep(done, t, x);
    }

    private void keep(int done, float[] x) {
        if (wanted.contains(done)) {
            results.put(done, x.clone());
        }
    }

    /** Latents by the number of steps done. */
    public SortedMap<Integer, float[]> results() {
        return Collections.unmodifiableSortedMap(results);
    }
}
