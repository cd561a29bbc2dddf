package org.facemill.ldm;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import org.facemill.contracts.recipe.generator.LdmRecipe;
import org.facemill.contracts.recipe.generator.LdmRecipes;

/** Recipes that a processor trains in a second. */
final class TinyRecipes {

    static final String LATENT = """
            seed: 7
            image_size: 16
            data:
              painted: {identities: 6, images: 2, seed: 1}
              licence: Apache-2.0
            autoencoder:
              embed_dim: 3
              n_embed: 16
              ch: 32
              ch_mult: [1, 1]
              num_res_blocks: 0
              phases:
                - {steps: 2, batch_size: 2, crop: 8, lr: 1.0e-3, lr_end: 5.0e-4}
                - {steps: 2, batch_size: 2, crop: 16, lr: 5.0e-4, lr_end: 5.0e-4}
              decoder_phases:
                - {steps: 2, batch_size: 2, crop: 8, lr: 1.0e-3, lr_end: 5.0e-4}
            model:
              initial_channels: 32
              channel_multipliers: [1, 1]
              is_attention: [false, true]
              attention_head_channels: 32
              n_blocks_per_resolution: 1
              condition_type: AdaGN
              context_input_channels: 512
              context_channels: 32
              learn_empty_context: true
              context_dropout_probability: 0.25
            training:
              T: 20
              T_kept: 16
              steps: 5
              batch_size: 4
              lr: 1.0e-3
              T_0: 3
              T_mult: 2
              context_dropout: 0.25
              context_permutation: 0.5
              context_scale: 2.0
              max_grad_norm: 1.0
              steps_between_checkpoints: 2
              steps_between_sampling: 3
            sampling: {steps: 4}
            """;

    static final String PIXELS = LATENT.replaceFirst("(?s)autoencoder:.*?model:", "latent: false\nmodel:");

    private TinyRecipes() {}

    static LdmRecipe parse(String yaml) throws IOException {
        return LdmRecipes.parse(new YAMLMapper().readTree(yaml));
    }
}
