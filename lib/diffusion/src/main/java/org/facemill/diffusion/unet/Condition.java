package org.facemill.diffusion.unet;

import java.util.Optional;
import org.facemill.torch.Value;

/**
 * What every block is conditioned by.
 *
 * @param time    [N, timeChannels]
 * @param context [N, contextChannels] where the network is conditional
 */
record Condition(Value time, Optional<Value> context) {

    Value requireContext() {
        return context.orElseThrow();
    }
}
