package org.facemill.recognition.training;

import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.facemill.contracts.recipe.recogniser.RecogniserTraining;
import org.facemill.recognition.backbone.Backbone;
import org.facemill.recognition.backbone.Backbones;
import org.facemill.recognition.head.MarginHead;
import org.facemill.recognition.head.MarginHeads;
import org.facemill.tensor.DType;
import org.facemill.torch.Declaration;
import org.facemill.torch.Gradients;
import org.facemill.torch.Graph;
import org.facemill.torch.Layers;
import org.facemill.torch.Optimizers;
import org.facemill.torch.Recorder;
import org.facemill.torch.Torch;
import org.facemill.torch.Value;

/** One step of training as one script: forward, loss, gradients, update. */
final class TrainingGraph {

    /** Names of the head's tensors begin so. */
    static final String HEAD = "head.";
    /** Names of the optimizer's tensors begin so. */
    static final String OPTIMIZER = "optimizer.";

    private TrainingGraph() {}

    /**
     * Inputs: {@code images} UINT8 [N,112,112,3], {@code labels} INT64 [N], {@code rate} FLOAT32 and, where something is
     * drawn, {@code seed} INT64. Outputs: {@code loss}, and {@code accuracy}, the share of images whose class has the
     * largest logit, margin included.
     */
    static Graph record(RecogniserTraining training, int classes) {
        DType precision = Torch.dtype(training.precision());
        Recorder recorder = new Recorder(Recorder.Mode.TRAINING, precision);
        Backbone backbone = backbone(training);
        Layers layers = new Layers(recorder);
        Value images = recorder.input("images")
                .to(DType.F32)
                .permute(0, 3, 1, 2)
                .contiguous()
                .sub(127.5)
                .div(127.5)
                .to(precision);
        Value labels = recorder.input("labels");
        Value embeddings = backbone.embeddings(layers, images).to(DType.F32);
        Value logits = MarginHeads.REGISTRY
                .of(training.head())
                .logits(layers.at("head"), embeddings, labels, backbone.dimension(), classes);
        Value loss = MarginHead.loss(layers, logits, labels);
        recorder.output("loss", loss.detach());
        recorder.output(
                "accuracy", logits.detach().argmax(1).eq(labels).to(DType.F32).mean());
        update(training, recorder, loss);
        return recorder.finish(training.backbone() + " training");
    }

    /** The network, which drops as many features as the recipe says. */
    static Backbone backbone(RecogniserTraining training) {
        Backbone backbone = Backbones.named(training.backbone());
        return training.dropout().map(backbone::dropout).orElse(backbone);
    }

    private static void update(RecogniserTraining training, Recorder recorder, Value loss) {
        RecogniserTraining.Optimizer settings = training.optimizer();
        Gradients gradients = Gradients.of(recorder, loss);
        Predicate<String> head = name -> name.startsWith(HEAD);
        if (settings.clipNorm() > 0) {
            gradients.only(head.negate()).clip(settings.clipNorm());
            gradients.only(head).clip(settings.clipNorm());
        }
        Value rate = recorder.input("rate");
        if (settings.decayNormalisation()) {
            Optimizers.sgd(gradients, rate, settings.momentum(), settings.weightDecay());
        } else {
            Set<String> vectors = vectors(backbone(training));
            Optimizers.sgd(
                    gradients.only(name -> !vectors.contains(name)), rate, settings.momentum(), settings.weightDecay());
            Optimizers.sgd(gradients.only(vectors::contains), rate, settings.momentum(), 0);
        }
    }

    /** Scales, shifts, slopes and biases: all parameters of one dimension. */
    private static Set<String> vectors(Backbone backbone) {
        return backbone.graph().declarations().stream()
                .filter(declaration -> declaration.shape().length == 1)
                .map(Declaration::name)
                .collect(Collectors.toSet());
    }
}
