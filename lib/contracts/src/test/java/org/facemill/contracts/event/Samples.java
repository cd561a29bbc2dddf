package org.facemill.contracts.event;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Grid;
import org.facemill.contracts.Json;
import org.facemill.contracts.Noise;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.document.AlignedDetails;
import org.facemill.contracts.document.BlockDetails;
import org.facemill.contracts.recipe.Precision;
import org.facemill.contracts.recipe.generator.Averaging;
import org.facemill.contracts.recipe.generator.ContextNorm;
import org.facemill.contracts.recipe.generator.Guidance;
import org.facemill.contracts.recipe.generator.LdmRecipe;
import org.facemill.contracts.recipe.generator.ModelSampling;
import org.facemill.contracts.recipe.recogniser.RecogniserRecipes;
import org.facemill.contracts.recipe.run.Landmarks;
import org.facemill.contracts.recipe.run.Recipe;
import org.facemill.contracts.recipe.run.Recipes;

/** Events of each kind, as a run would send them, and documents: the examples in the schemas. */
public final class Samples {

    private static final String RUN = "samples";
    private static final String HASH = "ab".repeat(32);
    private static final Recipe RECIPE =
            Recipes.parse(Json.MAPPER.createObjectNode().put("identities", 4).put("images", 2));
    private static final String TRAINING = "training-of-faces";
    private static final ModelSampling SAMPLING =
            new ModelSampling("ddim", 12, 1, new Guidance(2, 0, Optional.of(600)));
    private static final LdmRecipe LDM_RECIPE = new LdmRecipe(
            7,
            128,
            false,
            new LdmRecipe.Data(Optional.of(new LdmRecipe.Painted(100, 2, 1)), Optional.empty(), true, "Apache-2.0"),
            Optional.empty(),
            Optional.empty(),
            new LdmRecipe.Model(
                    64,
                    List.of(1, 2),
                    List.of(false, true),
                    32,
                    1,
                    "AdaGN",
                    true,
                    512,
                    ContextNorm.UNIT,
                    256,
                    true,
                    0.1),
            new LdmRecipe.Training(
                    1000,
                    800,
                    4000,
                    8,
                    1e-4,
                    1000,
                    2,
                    Averaging.INTENDED,
                    0.1,
                    0,
                    1,
                    true,
                    30,
                    Optional.of(1.0),
                    Precision.BF16,
                    200,
                    400),
            SAMPLING);
    private static final Origin ORIGIN = new Origin(
            new Implementation("diffusion", "0.2.0", ""),
            "demo",
            HASH,
            "cpu/2/fp32",
            Optional.of(SAMPLING),
            Optional.empty());

    private static final Origin ALIGNED = ORIGIN.alignedBy(new Implementation("mtcnn", "0.2.0", HASH));

    private Samples() {}

    public static List<Event> all() {
        Crops crops = new Crops(
                RUN,
                3,
                1,
                ref(Buckets.CROPS, Buckets.crops(RUN, 3)),
                List.of(HASH, HASH),
                ALIGNED,
                Landmarks.EVALUATION,
                "reference");
        ObjectRef members = ref(Buckets.RUNS, Buckets.members(RUN, 1));
        return List.of(
                new RunEvent(RUN, RunState.FAILED, "24 identities failed, max_failures is 23", 2, 4),
                new IdentityContext(
                        RUN,
                        3,
                        1,
                        42,
                        Noise.unitVector(42, 3, 512),
                        2,
                        RECIPE.sampling(),
                        RECIPE.alignment(),
                        "reference",
                        Topics.rawBlocks("mtcnn"),
                        List.of(Topics.ALIGNED_BLOCKS, Topics.CROPS)),
                new RawBlock(
                        RUN,
                        3,
                        1,
                        ref(Buckets.BLOCKS, Buckets.block(RUN, 3)),
                        new Grid(128, 4, 4),
                        2,
                        RECIPE.alignment(),
                        ORIGIN,
                        "reference",
                        Topics.ALIGNED_BLOCKS,
                        List.of(Topics.CROPS)),
                new AlignedBlock(
                        RUN,
                        3,
                        1,
                        ref(Buckets.ALIGNED, Buckets.aligned(RUN, 3)),
                        ref(Buckets.ALIGNED, Buckets.alignedDetails(RUN, 3)),
                        new Grid(112, 5, 2),
                        ALIGNED,
                        2,
                        Landmarks.EVALUATION,
                        "reference",
                        Topics.CROPS,
                        List.of()),
                crops,
                new IdentityOutcome(RUN, 3, 1, Outcome.COMPLETE, "splitter", "", Optional.of(crops)),
                new IdentityOutcome(
                        RUN,
                        4,
                        0,
                        Outcome.DISCARDED,
                        "aligner",
                        "1 of 4 images aligned, 2 are wanted",
                        Optional.empty()),
                new IdentityEmbeddings(
                        RUN,
                        3,
                        1,
                        "reference",
                        ref(Buckets.EMBEDDINGS, Buckets.embeddings(RUN, "reference", 3)),
                        2,
                        128),
                new DatasetRequest(RUN, 1, 4, members, ref(Buckets.RUNS, Buckets.recipe(RUN))),
                new DatasetSealed(
                        RUN,
                        1,
                        4,
                        2,
                        ref(Buckets.DATASETS, Buckets.manifest(RUN, 1)),
                        HASH,
                        members,
                        RECIPE.training(),
                        RECIPE.evaluation()),
                new FrProgress(RUN, 1, Buckets.frModelName(RUN, 1), 2, 120, 400, 17.25, 0.1, 310.5, 0.02, 93),
                new FrModel(
                        RUN,
                        1,
                        Buckets.frModelName(RUN, 1),
                        ref(Buckets.MODELS, "fr-samples-v1/model.safetensors"),
                        List.of(3L),
                        members,
                        1.5,
                        42,
                        RECIPE.evaluation()),
                new Evaluation(
                        RUN,
                        EvaluationKind.LIVE,
                        "reference",
                        "",
                        3,
                        6,
                        Map.of("eer", 0.02, "auc", 0.99),
                        Optional.empty()),
                new LdmJob(TRAINING, "faces", LDM_RECIPE),
                new LdmProgress(
                        TRAINING,
                        "faces",
                        "denoiser",
                        200,
                        4000,
                        Map.of("loss", 0.1, "lr", 1e-4),
                        2.5,
                        1520,
                        Optional.of(ref(Buckets.RUNS, Buckets.sampleGrid(TRAINING, "ldm-faces", 200)))),
                new LdmModel(
                        TRAINING,
                        "faces",
                        List.of(
                                ref(Buckets.MODELS, "faces/config.yaml"),
                                ref(Buckets.MODELS, "faces/unet.safetensors")),
                        ref(Buckets.RUNS, Buckets.sampleGrid(TRAINING, "ldm-faces", 4000)),
                        4000,
                        0.09,
                        5200));
    }

    /** Recipes and the documents beside a stage's objects. */
    public static List<Object> documents() {
        return List.of(
                RECIPE,
                LDM_RECIPE,
                RecogniserRecipes.read("training: {epochs: 3}"),
                new BlockDetails(ref(Buckets.BLOCKS, Buckets.block(RUN, 3)), new Grid(128, 4, 4), ORIGIN),
                new AlignedDetails(List.of(
                        new AlignedDetails.Crop(
                                0,
                                AlignedDetails.Treatment.ALIGNED,
                                Optional.of(new AlignedDetails.FoundFace(
                                        new AlignedDetails.Box(24.5f, 18.25f, 101.75f, 117.5f),
                                        0.998f,
                                        List.of(
                                                new AlignedDetails.Point(45.5f, 55.25f),
                                                new AlignedDetails.Point(80.75f, 54.5f),
                                                new AlignedDetails.Point(63.25f, 75.5f),
                                                new AlignedDetails.Point(48.5f, 94.25f),
                                                new AlignedDetails.Point(78.25f, 93.75f))))),
                        new AlignedDetails.Crop(2, AlignedDetails.Treatment.RESIZED, Optional.empty()))));
    }

    private static ObjectRef ref(String bucket, String key) {
        return new ObjectRef(bucket, key, HASH);
    }
}
