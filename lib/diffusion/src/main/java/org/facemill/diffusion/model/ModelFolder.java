package org.facemill.diffusion.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.facemill.contracts.Json;
import org.facemill.contracts.recipe.generator.ModelSampling;
import org.facemill.diffusion.schedule.NoiseSchedule;
import org.facemill.diffusion.unet.UNetConfig;
import org.facemill.diffusion.vq.VqConfig;
import org.facemill.tensor.Tensor;
import org.facemill.tensor.TensorFile;
import org.facemill.torch.Graph;
import org.facemill.torch.Parameters;

/**
 * A generator's files, as IDiff-Face publishes them or as ours: configuration {@code .hydra/config.yaml}, {@code config.yaml}
 * or {@code model.yaml} (optional), weights as .safetensors, .ckpt, .pt or .pth here or in {@code checkpoints} or
 * {@code autoencoder}, {@code first_stage_config.yaml} (optional). Weights are recognised by what they hold. Of several
 * denoisers {@code unet.safetensors} is taken, else {@code ema_averaged_model.ckpt}, else {@code model.ckpt}.
 */
final class ModelFolder implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ModelFolder.class.getName());
    private static final List<String> FOLDERS = List.of("", "checkpoints", "autoencoder", "models/autoencoder");
    private static final List<String> CONFIGS = List.of(".hydra/config.yaml", "config.yaml", "model.yaml");
    private static final List<String> PREFERRED = List.of("unet.safetensors", "ema_averaged_model.ckpt", "model.ckpt");
    private static final String[] PREFIXES = {"state_dict.", "module.", "_forward_module.", "eps_model."};
    private static final String ENCODER = "encoder.conv_in.weight";
    private static final String DECODER = "decoder.conv_in.weight";
    private static final int USUAL_IMAGE_SIZE = 128;
    private static final int USUAL_STEPS = 1000;

    private final Path folder;
    private final List<TensorFile> files = new ArrayList<>();

    private ModelFolder(Path folder) {
        this.folder = folder;
    }

    /** @throws IOException if the folder holds no denoiser, several of equal standing, or a file that cannot be read */
    static ModelFolder open(Path folder) throws IOException {
        ModelFolder model = new ModelFolder(folder);
        try {
            for (String sub : FOLDERS) {
                model.openAll(folder.resolve(sub));
            }
            return model;
        } catch (IOException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private void openAll(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            try (Stream<Path> entries = Files.list(directory)) {
                for (Path file : entries.filter(f -> f.toString().matches(".*\\.(safetensors|ckpt|pt|pth)"))
                        .sorted()
                        .toList()) {
                    files.add(TensorFile.open(file));
                }
            }
        }
    }

    ModelConfig config() throws IOException {
        TensorFile file = unet();
        Map<String, Tensor> tensors = file.stripped(PREFIXES);
        UNetConfig inferred = UNetConfigs.infer(shapes(tensors));
        Optional<JsonNode> yaml = yaml();
        if (yaml.isEmpty()) {
            LOG.log(
                    Level.INFO,
                    "{0}: no config.yaml, so from the names and shapes in {1}: {2}",
                    folder,
                    file.path().getFileName(),
                    inferred);
        }
        JsonNode root = yaml.orElseGet(JsonNodeFactory.instance::objectNode);
        JsonNode network = root.has("model")
                ? root.get("model")
                : root.has("initial_channels") ? root : root.at("/diffusion/eps_model");
        int imageSize = root.at("/constants/image_size").asInt(-1);
        boolean latent = root.path("latent_diffusion").asBoolean(autoencoder().isPresent());
        NoiseSchedule schedule = schedule(root.path("diffusion"), tensors);
        return new ModelConfig(
                UNetConfigs.read(network, inferred),
                schedule,
                imageSize > 0 ? imageSize : USUAL_IMAGE_SIZE,
                latent,
                sampling(root.path("sampling")));
    }

    private ModelSampling sampling(JsonNode written) {
        ObjectNode all = Json.MAPPER.valueToTree(ModelSampling.USUAL);
        try {
            return Json.MAPPER.treeToValue(
                    written instanceof ObjectNode fields ? Json.merged(all, fields) : all, ModelSampling.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    folder + ": `sampling` of its configuration: " + e.getOriginalMessage(), e);
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
        Optional<TensorFile> decoder = holding(DECODER).stream().findFirst();
        if (decoder.isEmpty()) {
            return Optional.empty();
        }
        VqConfig inferred = VqConfigs.infer(shapes(decoder.get().stripped(PREFIXES)));
        Optional<Path> file = firstStageConfig();
        return Optional.of(
                file.isPresent() ? VqConfigs.read(HydraYaml.read(file.get()).path("params"), inferred) : inferred);
    }

    private Optional<Path> firstStageConfig() {
        return FOLDERS.stream()
                .map(sub -> folder.resolve(sub).resolve("first_stage_config.yaml"))
                .filter(Files::exists)
                .findFirst();
    }

    Parameters denoiser(Graph graph) throws IOException {
        return load(graph, unet());
    }

    Parameters decoder(Graph graph) throws IOException {
        return load(graph, holding(DECODER).get(0));
    }

    Parameters encoder(Graph graph) throws IOException {
        return load(graph, holding(ENCODER).get(0));
    }

    /** @throws IOException where encoder or decoder is missing */
    List<Path> firstStage() throws IOException {
        Set<Path> paths = new LinkedHashSet<>();
        for (String part : List.of(ENCODER, DECODER)) {
            paths.add(holding(part).stream()
                    .findFirst()
                    .map(TensorFile::path)
                    .orElseThrow(() -> new IOException(
                            folder + ": no file holds `" + part + "`; an autoencoder has an encoder and a decoder")));
        }
        firstStageConfig().ifPresent(paths::add);
        return List.copyOf(paths);
    }

    private Parameters load(Graph graph, TensorFile file) throws IOException {
        return Parameters.load(graph, file.path().toString(), file.stripped(PREFIXES));
    }

    private TensorFile unet() throws IOException {
        List<TensorFile> candidates = holding("image_proj.weight");
        for (String name : PREFERRED) {
            for (TensorFile file : candidates) {
                if (file.path().endsWith(name)) {
                    return file;
                }
            }
        }
        if (candidates.size() != 1) {
            throw new IOException(
                    folder + ": expected the weights of one denoiser (a tensor `image_proj.weight`), found "
                            + candidates.stream()
                                    .map(file -> folder.relativize(file.path()))
                                    .toList()
                            + "; name the one that is meant unet.safetensors or ema_averaged_model.ckpt");
        }
        return candidates.get(0);
    }

    private List<TensorFile> holding(String tensor) throws IOException {
        List<TensorFile> found = new ArrayList<>();
        for (TensorFile file : files) {
            if (file.stripped(PREFIXES).containsKey(tensor)) {
                found.add(file);
            }
        }
        return found;
    }

    private static Map<String, long[]> shapes(Map<String, Tensor> tensors) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        return shapes;
    }

    @Override
    public void close() throws IOException {
        for (TensorFile file : files) {
            file.close();
        }
    }
}
