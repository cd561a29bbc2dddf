package org.facemill.tensor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network's weights by its own names. Checkpoints put the names of what is around the network in front of them: of the
 * dictionary that the training wrote ({@code state_dict.}), of PyTorch's wrappers ({@code module.}, {@code _orig_mod.}), of
 * the model that it is a part of ({@code eps_model.}, {@code backbone.}). They come in any order, nested and repeated.
 */
public final class StateDict {

    /** What may stand around a network: none of the networks here has a part that is called so. */
    private static final List<String> WRAPPERS = List.of(
            // dictionaries: Lightning and most scripts, insightface
            "state_dict.",
            "model_state_dict.",
            "state_dict_backbone.",
            // DataParallel, torch.compile, Fabric and DeepSpeed
            "module.",
            "_orig_mod.",
            "_forward_module.",
            // attributes of a training's module
            "model.",
            "net.",
            "network.",
            "backbone.",
            // IDiff-Face's diffusion model; the trained one of MoCo's two encoders (usynthface)
            "eps_model.",
            "encoder_q.");

    private StateDict() {}

    /**
     * All tensors of a file, in its order, by their networks' own names.
     *
     * @throws TensorFormatException where two tensors have one name then: which network is meant cannot be told
     */
    public static Map<String, Tensor> of(TensorFile file) throws TensorFormatException {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        Map<String, String> written = new LinkedHashMap<>();
        for (var tensor : file.tensors().entrySet()) {
            String name = unwrapped(tensor.getKey());
            String other = written.put(name, tensor.getKey());
            if (other != null) {
                throw new TensorFormatException(
                        file.path().toString(),
                        "holds two networks, by `" + other + "` and `" + tensor.getKey()
                                + "`; save the one that is meant alone");
            }
            weights.put(name, tensor.getValue());
        }
        return weights;
    }

    private static String unwrapped(String name) {
        int start = 0;
        for (int cut = wrapper(name, 0); cut > 0; cut = wrapper(name, start)) {
            start += cut;
        }
        return name.substring(start);
    }

    /** Length of the wrapper that stands at an index; 0 where none does. */
    private static int wrapper(String name, int at) {
        return WRAPPERS.stream()
                .filter(wrapper -> name.startsWith(wrapper, at))
                .mapToInt(String::length)
                .findFirst()
                .orElse(0);
    }

    /** What a file holds, in a few words for a message: how many tensors and the names of the first. */
    public static String summary(TensorFile file) {
        List<String> names = file.names().stream().limit(3).toList();
        return file.names().isEmpty()
                ? "no tensors"
                : file.names().size() + " tensors: " + String.join(", ", names)
                        + (names.size() < file.names().size() ? ", ..." : "");
    }
}
