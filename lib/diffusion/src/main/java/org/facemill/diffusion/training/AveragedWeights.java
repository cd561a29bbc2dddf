package org.facemill.diffusion.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.facemill.tensor.Tensor;
import org.facemill.torch.DeviceTensor;
import org.facemill.torch.Parameters;

/** What a training's state says the network is: averages where it keeps them, the parameters themselves where it left them alone. */
final class AveragedWeights {
    private static final String AVERAGE = "ema.";
    private static final String OPTIMIZER = "optimizer.";

    private AveragedWeights() {}

    /** By the network's own names. */
    static Map<String, Tensor> of(Parameters trained) {
        Map<String, Tensor> averages = new LinkedHashMap<>();
        for (String name : trained.names()) {
            if (!name.startsWith(AVERAGE) && !name.startsWith(OPTIMIZER)) {
                DeviceTensor value = trained.get(trained.names().contains(AVERAGE + name) ? AVERAGE + name : name);
                averages.put(name, Tensor.of(value.shape(), value.floats()));
            }
        }
        return averages;
    }
}
