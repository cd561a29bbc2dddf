package org.facemill.ldmtrainer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.facemill.contracts.Json;

/** Recipes of networks that a processor trains in a second, as users write them. */
final class TinyRecipes {

    private TinyRecipes() {}

    /** On pixels of painted faces. */
    static ObjectNode pixels() {
        ObjectNode recipe = Json.MAPPER
                .createObjectNode()
                .put("seed", 7)
                .put("image_size", 16)
                .put("latent", false);
        recipe.putObject("data")
                .put("licence", "Apache-2.0")
                .putObject("painted")
                .put("identities", 4)
                .put("images", 2)
                .put("seed", 1);
        ObjectNode model = recipe.putObject("model")
                .put("initial_channels", 32)
                .put("attention_head_channels", 32)
                .put("n_blocks_per_resolution", 1)
                .put("condition_type", "AdaGN")
                .put("context_input_channels", 512)
                .put("context_channels", 32);
        model.putArray("channel_multipliers").add(1).add(1);
        model.putArray("is_attention").add(false).add(true);
        recipe.putObject("training")
                .put("T", 20)
                .put("T_kept", 16)
                .put("steps", 4)
                .put("batch_size", 4)
                .put("lr", 1e-3)
                .put("T_0", 4)
                .put("T_mult", 2)
                .put("steps_between_checkpoints", 2);
        recipe.putObject("sampling").put("steps", 4);
        return recipe;
    }

    /** On their latents. */
    static ObjectNode latents() {
        ObjectNode recipe = pixels().put("latent", true);
        ObjectNode autoencoder = recipe.putObject("autoencoder")
                .put("embed_dim", 3)
                .put("n_embed", 16)
                .put("ch", 32)
                .put("num_res_blocks", 0);
        autoencoder.putArray("ch_mult").add(1).add(1);
        autoencoder
                .putArray("phases")
                .addObject()
                .put("steps", 3)
                .put("batch_size", 2)
                .put("crop", 8)
                .put("lr", 1e-3)
                .put("lr_end", 1e-3);
        return recipe;
    }
}
