package org.facemill.frtrainer;

import org.facemill.contracts.recipe.Precision;
import org.facemill.contracts.recipe.recogniser.Augmentation;
import org.facemill.contracts.recipe.run.Training;
import org.facemill.recognition.backbone.Backbone;
import org.facemill.recognition.backbone.Backbones;
import org.facemill.recognition.head.AdaFace;
import org.facemill.recognition.head.ArcFace;
import org.facemill.recognition.head.CosFace;
import org.facemill.recognition.head.CurricularFace;
import org.facemill.recognition.head.ElasticFace;
import org.facemill.recognition.head.MarginHead;
import org.facemill.recognition.training.FrRecipe;
import org.facemill.recognition.training.Schedule;
import org.facemill.tensor.DType;

/** What a run's recipe says about training, in the trainer's terms; what it leaves open is as in the seeds. */
final class TrainingRecipe {

    private static final double RATE_FACTOR = 0.1;
    private static final double CLIP_NORM = 5;
    private static final double ADAFACE_CONCENTRATION = 0.333;
    private static final double ADAFACE_T_ALPHA = 0.01;
    private static final double ELASTICFACE_DEVIATION = 0.0125;

    private TrainingRecipe() {}

    /**
     * @param images of the dataset: batches are no larger
     * @throws IllegalArgumentException for an unknown backbone or head
     */
    static FrRecipe of(Training training, int images, long seed) {
        Backbone backbone = Backbones.named(training.backbone());
        return new FrRecipe(
                backbone.name(),
                backbone.dropout(),
                head(training),
                training.epochs(),
                Math.min(training.batchSize(), images),
                new Schedule.Steps(training.learningRate(), RATE_FACTOR, training.milestones(), 0),
                new FrRecipe.Optimizer(training.momentum(), training.weightDecay(), true, CLIP_NORM),
                augment(training.augmentation()),
                training.precision() == Precision.BF16 ? DType.BF16 : DType.F32,
                seed);
    }

    private static MarginHead head(Training training) {
        double scale = training.scale();
        double margin = training.margin();
        return switch (training.head()) {
            case "cosface" -> new CosFace(scale, margin);
            case "arcface" -> new ArcFace(scale, margin, true);
            case "elasticface-arc" -> new ElasticFace(scale, margin, ELASTICFACE_DEVIATION, true, false);
            case "elasticface-cos" -> new ElasticFace(scale, margin, ELASTICFACE_DEVIATION, false, false);
            case "curricularface" -> new CurricularFace(scale, margin);
            case "adaface" -> new AdaFace(scale, margin, ADAFACE_CONCENTRATION, ADAFACE_T_ALPHA, false);
            default ->
                throw new IllegalArgumentException("training.head: no head is called '" + training.head()
                        + "'; there are cosface, arcface, elasticface-arc, elasticface-cos, curricularface, adaface");
        };
    }

    private static FrRecipe.Augment augment(Augmentation augmentation) {
        return switch (augmentation) {
            case NONE -> new FrRecipe.Augment(0, 0, 0, 0);
            case FLIP -> new FrRecipe.Augment(0.5, 0, 0, 0);
            case RAND_AUGMENT -> new FrRecipe.Augment(0.5, 4, 16, 0);
            case RANDOM_CROP -> new FrRecipe.Augment(0.5, 0, 0, 0.2);
        };
    }
}
