package org.facemill.context;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Grid;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.AlignedBlock;
import org.facemill.contracts.event.Crops;
import org.facemill.contracts.event.DatasetRequest;
import org.facemill.contracts.event.DatasetSealed;
import org.facemill.contracts.event.Evaluation;
import org.facemill.contracts.event.EvaluationKind;
import org.facemill.contracts.event.IdentityContext;
import org.facemill.contracts.event.IdentityEmbeddings;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Implementation;
import org.facemill.contracts.event.Origin;
import org.facemill.contracts.event.Outcome;
import org.facemill.contracts.event.RawBlock;
import org.facemill.contracts.recipe.run.Landmarks;
import org.facemill.contracts.recipe.run.Recipe;
import org.facemill.datasets.CropArchive;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.platform.messaging.RecordDecoder;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.testing.Topic;

/** The other services, played: what they would say of an identity or a dataset. */
final class PlayedPipeline {

    /** Sampler and aligner that recipes of the tests name. */
    static final String NAME = "played";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Origin ORIGIN = Origin.of(new Implementation(NAME, "0.2.0", ""));
    private static final String SHA256 = "ab".repeat(32);

    private final Topic contexts = new Topic(Topics.identityContexts(NAME));
    private final ObjectStore store;
    private final String run;

    PlayedPipeline(ObjectStore store, String run) {
        this.store = store;
        this.run = run;
    }

    /** The context of an identity, as soon as it is announced. */
    IdentityContext context(long ordinal, int attempt) {
        return RecordDecoder.decode(
                contexts.await(
                        PATIENCE,
                        r -> r.key().equals(run + "/" + ordinal)
                                && RecordDecoder.decode(r, IdentityContext.class)
                                                .attempt()
                                        == attempt),
                IdentityContext.class);
    }

    void sampled(long ordinal) {
        IdentityContext context = context(ordinal, 0);
        new Topic(Topics.rawBlocks(NAME))
                .send(new RawBlock(
                        run,
                        ordinal,
                        0,
                        new ObjectRef("blocks", run + "/" + ordinal + ".png", SHA256),
                        new Grid(128, 4, 6),
                        context.images(),
                        context.alignment(),
                        ORIGIN,
                        context.encoder(),
                        context.topicAfterNext(),
                        context.topicsAfterThat()));
    }

    void aligned(long ordinal) {
        new Topic(Topics.ALIGNED_BLOCKS)
                .send(new AlignedBlock(
                        run,
                        ordinal,
                        0,
                        new ObjectRef("aligned", run + "/" + ordinal + ".png", SHA256),
                        new ObjectRef("aligned", run + "/" + ordinal + ".json", SHA256),
                        new Grid(112, 4, 4),
                        ORIGIN,
                        4,
                        Landmarks.EVALUATION,
                        "reference",
                        Topics.CROPS,
                        List.of()));
    }

    void encoded(long ordinal, String encoder) {
        new Topic(Topics.EMBEDDINGS)
                .send(new IdentityEmbeddings(
                        run,
                        ordinal,
                        0,
                        encoder,
                        new ObjectRef("embeddings", run + "/" + encoder + "/" + ordinal + ".npy", SHA256),
                        4,
                        128));
    }

    void ends(long ordinal, Outcome outcome) {
        context(ordinal, 0);
        says(
                ordinal,
                outcome,
                outcome == Outcome.COMPLETE ? "" : "as played",
                outcome == Outcome.COMPLETE ? Optional.of(crops(ordinal, 4)) : Optional.empty());
    }

    /** Sends an outcome as it is given, whether it is true or not. */
    void says(long ordinal, Outcome outcome, String reason, Optional<Crops> crops) {
        new Topic(Topics.IDENTITY_OUTCOMES).send(new IdentityOutcome(run, ordinal, 0, outcome, NAME, reason, crops));
    }

    /** So many crops of an identity, stored. */
    Crops crops(long ordinal, int images) {
        byte[] pixels = new byte[3 * 112 * 112];
        Arrays.fill(pixels, (byte) (40 * ordinal));
        byte[] png = Images.png(new RgbImage(112, 112, pixels));
        byte[] archive = CropArchive.write(Collections.nCopies(images, png));
        return crops(ordinal, images, store.put(Buckets.CROPS, Buckets.crops(run, ordinal), archive));
    }

    Crops crops(long ordinal, int images, ObjectRef archive) {
        return new Crops(
                run,
                ordinal,
                0,
                archive,
                Collections.nCopies(images, SHA256),
                ORIGIN,
                Landmarks.EVALUATION,
                "reference");
    }

    /** The request for a version, as soon as it is there. */
    DatasetRequest request(int version) {
        return RecordDecoder.decode(
                new Topic(Topics.DATASET_REQUESTS)
                        .await(
                                PATIENCE,
                                r -> r.key().equals(run)
                                        && RecordDecoder.decode(r, DatasetRequest.class)
                                                        .version()
                                                == version),
                DatasetRequest.class);
    }

    void sealed(DatasetRequest request, Recipe recipe) {
        new Topic(Topics.DATASET_SEALED)
                .send(new DatasetSealed(
                        run,
                        request.version(),
                        request.identities(),
                        recipe.images(),
                        new ObjectRef("datasets", run + "/v1/manifest.json", SHA256),
                        SHA256,
                        request.members(),
                        recipe.training(),
                        recipe.evaluation()));
    }

    void evaluated(int version, int identities) {
        new Topic(Topics.EVALUATIONS)
                .send(new Evaluation(
                        run,
                        EvaluationKind.DATASET,
                        "reference",
                        "v" + version,
                        identities,
                        identities * 4,
                        Map.of("eer", 0.1),
                        Optional.empty()));
    }

    /** Keys of contexts announced so far. */
    List<String> announced(int count) {
        return contexts.await(PATIENCE, count, r -> r.key().startsWith(run + "/")).stream()
                .map(r -> r.key())
                .toList();
    }
}
