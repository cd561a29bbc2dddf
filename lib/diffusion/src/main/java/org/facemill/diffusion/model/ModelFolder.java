package org.facemill.diffusion.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.facemill.contracts.Json;
import org.facemill.contracts.recipe.generator.ContextNorm;
import org.facemill.diffusion.model.WeightFiles.Weights;
import org.facemill.diffusion.schedule.NoiseSchedule;
import org.facemill.diffusion.unet.UNetConfig;
import org.facemill.diffusion.vq.VqConfig;
import org.facemill.tensor.Tensor;
import org.facemill.torch.Graph;
import org.facemill.torch.Parameters;

/**
 * A generator's files, as IDiff-Face publishes them or as ours: configuration {@code .hydra/config.yaml}, {@code config.yaml}
 * or {@code model.yaml} (optional), weights as .safetensors, .ckpt, .pt or .pth here or in {@code checkpoints} or
 * {@code autoencoder}, {@code first_stage_config.yaml} (optional). Weights are recognised by what they hold. Of several
 * denoisers {@code unet.safetensors} is taken, else {@code ema_averaged_model.ckpt}, else the one average of weights, else
 * {@code model.ckpt}.
 */
final class ModelFolder implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ModelFolder.class.getName());
    private static final List<String> FOLDERS = List.of("", "checkpoints", "autoencoder", "models/autoencoder");
    private static final List<String> CONFIGS = List.of(".hydra/config.yaml", "config.yaml", "model.yaml");
    private static final List<String> PREFERRED = List.of(
            "unet\\.safetensors",
            "ema_averaged_model\\..*",
            // such as ema_averaged_model_200000.ckpt
            "(?i)(.*[^a-z])?(ema|averaged?|avg)([^a-z].*)?",
            "model\\..*");
    private static final String DENOISER = "image_proj.weight";
    private static final String ENCODER = "encoder.conv_in.weight";
    private static final String DECODER = "decoder.conv_in.weight";
    private static final int USUAL_IMAGE_SIZE = 128;
    private static final int USUAL_STEPS = 1000;

    private final Path folder;
    private final WeightFiles own;
    private WeightFiles denoisers;
    private WeightFiles autoencoders;

    private ModelFolder(Path folder, WeightFiles own) {
        this.folder = folder;
        this.own = own;
        this.denoisers = own;
        this.autoencoders = own;
    }

    /** @throws IOException if there is no such folder, or a file that is asked for by name cannot be read */
    static ModelFolder open(ModelLocation location) throws IOException {
        Path folder = location.folder();
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + ": no such folder");
        }
        ModelFolder model = new ModelFolder(folder, WeightFiles.in(folder, FOLDERS));
        try {
            if (location.checkpoint().isPresent()) {
                model.denoisers =
                        WeightFiles.of(existing(folder, location.checkpoint().get()));
            }
            if (location.autoencoder().isPresent()) {
                Path given = existing(folder, location.autoencoder().get());
                model.autoencoders = Files.isDirectory(given) ? WeightFiles.in(given, FOLDERS) : WeightFiles.of(given);
            }
            return model;
        } catch (IOException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** What a user names lies where the program runs, or in the folder. */
    private static Path existing(Path folder, Path given) throws IOException {
        Path within = folder.resolve(given);
        if (!Files.exists(given) && !Files.exists(within)) {
            throw new IOException(given + ": no such file, neither here nor in " + folder);
        }
        return Files.exists(given) ? given : within;
    }

    ModelConfig config() throws IOException {
        Weights denoiser = denoiser();
        UNetConfig inferred = UNetConfigs.infer(denoiser.shapes());
        Optional<JsonNode> yaml = yaml();
        if (yaml.isEmpty()) {
            LOG.log(
                    Level.INFO,
                    "{0}: no config.yaml, so from the names and shapes in {1}: {2}",
                    folder,
                    denoiser.path().getFileName(),
                    inferred);
        }
        JsonNode root = yaml.orElseGet(JsonNodeFactory.instance::objectNode);
        JsonNode network = root.has("model")
                ? root.get("model")
                : root.has("initial_channels") ? root : root.at("/diffusion/eps_model");
        int imageSize = root.at("/constants/image_size").asInt(-1);
        boolean latent = root.has("latent_diffusion")
                ? root.get("latent_diffusion").asBoolean()
                : autoencoder().isPresent();
        NoiseSchedule schedule = schedule(root.path("diffusion"), denoiser.tensors());
        return new ModelConfig(
                UNetConfigs.read(network, inferred),
                schedule,
                imageSize > 0 ? imageSize : USUAL_IMAGE_SIZE,
                latent,
                contextNorm(network.path("context_norm")),
                SamplingSection.read(folder, root.path("sampling")));
    }

    private ContextNorm contextNorm(JsonNode written) {
        try {
            return written.isMissingNode() ? ContextNorm.UNIT : Json.MAPPER.treeToValue(written, ContextNorm.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    folder + ": `context_norm` of its configuration is " + written + ", expected unit or as_written",
                    e);
        }
    }

    private Optional<JsonNode> yaml() throws IOException {
        for (String name : CONFIGS) {
            if (Files.exists(folder.resolve(name))) {
                return Optional.of(HydraYaml.read(folder.resolve(name)));
            }
        }
        return Optional.empty();
    }

    private NoiseSchedule schedule(JsonNode diffusion, Map<String, Tensor> tensors) {
        int steps = diffusion.path("T").asInt(USUAL_STEPS);
        if (diffusion.isMissingNode() && tensors.containsKey("betas")) {
            return NoiseSchedule.ofBetas(tensors.get("betas").floats());
        }
        double k = diffusion.path("schedule_k").asDouble(1);
        double least = diffusion.path("schedule_beta_min").asDouble(0);
        double most = diffusion.path("schedule_beta_max").asDouble(0.1);
        String type = diffusion.path("schedule_type").asText("linear");
        return switch (type) {
            case "linear" -> NoiseSchedule.linear(steps);
            case "cosine" -> NoiseSchedule.cosine(steps, most);
            case "cosine_warped" -> NoiseSchedule.warpedCosine(steps, k, least, most);
            default ->
                throw new IllegalArgumentException(
                        folder + ": schedule_type '" + type + "' is none of linear, cosine, cosine_warped");
        };
    }

    /** The autoencoder's configuration, where the folder holds one. */
    Optional<VqConfig> autoencoder() throws IOException {
        Optional<Weights> decoder = part(DECODER, "decoder");
        if (decoder.isEmpty()) {
            return Optional.empty();
        }
        VqConfig inferred = VqConfigs.infer(decoder.get().shapes());
        Optional<Path> file = firstStageConfig();
        return Optional.of(
                file.isPresent() ? VqConfigs.read(HydraYaml.read(file.get()).path("params"), inferred) : inferred);
    }

    /** @throws IOException where the folder holds none */
    VqConfig requiredAutoencoder() throws IOException {
        required(DECODER, "decoder");
        return autoencoder().orElseThrow();
    }

    private Optional<Path> firstStageConfig() {
        Path place = Files.isDirectory(autoencoders.place())
                ? autoencoders.place()
                : autoencoders.place().toAbsolutePath().getParent();
        return FOLDERS.stream()
                .map(sub -> place.resolve(sub).resolve("first_stage_config.yaml"))
                .filter(Files::exists)
                .findFirst();
    }

    /** The denoiser's weights as the graph wants them. */
    Parameters denoiser(Graph graph) throws IOException {
        return load(graph, denoiser());
    }

    /** @throws IOException where the folder holds no decoder */
    Parameters decoder(Graph graph) throws IOException {
        return load(graph, required(DECODER, "decoder"));
    }

    /** @throws IOException where the folder holds no encoder */
    Parameters encoder(Graph graph) throws IOException {
        return load(graph, required(ENCODER, "encoder"));
    }

    /** @throws IOException where encoder or decoder is missing */
    List<Path> firstStage() throws IOException {
        Set<Path> paths = new LinkedHashSet<>();
        paths.add(required(ENCODER, "encoder").path());
        paths.add(required(DECODER, "decoder").path());
        firstStageConfig().ifPresent(paths::add);
        return List.copyOf(paths);
    }

    private static Parameters load(Graph graph, Weights weights) {
        return Parameters.load(graph, weights.path().toString(), weights.tensors());
    }

    private Weights denoiser() throws IOException {
        return denoisers
                .only(
                        DENOISER,
                        "denoiser",
                        PREFERRED,
                        "name one (sample --checkpoint FILE), or leave one alone in the folder")
                .orElseThrow(() -> new IOException(denoisers.place()
                        + ": expected the weights of one denoiser (a tensor `" + DENOISER + "`), found "
                        + denoisers.found()));
    }

    private Optional<Weights> part(String tensor, String name) throws IOException {
        return autoencoders.only(
                tensor,
                name,
                List.of("autoencoder\\.safetensors"),
                "name one (sample --autoencoder FILE), or leave one alone in the folder");
    }

    private Weights required(String tensor, String name) throws IOException {
        return part(tensor, name)
                .orElseThrow(() -> new IOException(autoencoders.place() + ": expected an autoencoder's " + name
                        + " (a tensor `" + tensor + "`), found " + autoencoders.found()
                        + "; put the first stage's state dictionary into " + folder.resolve("autoencoder")));
    }

    @Override
    public void close() throws IOException {
        own.close();
        denoisers.close();
        autoencoders.close();
    }
}
