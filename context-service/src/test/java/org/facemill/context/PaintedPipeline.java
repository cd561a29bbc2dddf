package org.facemill.context;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Grid;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.document.AlignedDetails;
import org.facemill.contracts.document.BlockDetails;
import org.facemill.contracts.event.Evaluation;
import org.facemill.contracts.event.EvaluationKind;
import org.facemill.contracts.event.Implementation;
import org.facemill.contracts.event.Origin;
import org.facemill.contracts.event.Outcome;
import org.facemill.datasets.CropArchive;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.images.TileGrid;
import org.facemill.painter.FacePainter;
import org.facemill.painter.PaintedFace;
import org.facemill.platform.store.ObjectStore;
import org.facemill.platform.testing.Topic;

/** The other services, played, with all that they store: painted faces. */
final class PaintedPipeline {

    private static final int IMAGES = 4;
    private static final int CROP = 112;

    private final FacePainter painter = new FacePainter();
    private final ObjectStore store;
    private final String run;
    private final PlayedPipeline played;

    PaintedPipeline(ObjectStore store, String run) {
        this.store = store;
        this.run = run;
        this.played = new PlayedPipeline(store, run);
    }

    /** An identity passes all stages. */
    void completes(long ordinal) {
        samples(ordinal);
        List<PaintedFace> faces = paint(ordinal);
        List<RgbImage> crops =
                faces.stream().map(face -> face.image().crop(8, 8, CROP, CROP)).toList();
        store.put(
                Buckets.ALIGNED,
                Buckets.aligned(run, ordinal),
                Images.png(new TileGrid(CROP, 2, IMAGES).compose(crops)));
        List<AlignedDetails.Crop> details = new ArrayList<>();
        for (int tile = 0; tile < IMAGES; tile++) {
            List<AlignedDetails.Point> points = faces.get(tile).landmarks().stream()
                    .map(p -> new AlignedDetails.Point(p.x(), p.y()))
                    .toList();
            details.add(new AlignedDetails.Crop(
                    tile,
                    AlignedDetails.Treatment.ALIGNED,
                    Optional.of(
                            new AlignedDetails.FoundFace(new AlignedDetails.Box(24, 16, 104, 118), 0.98f, points))));
        }
        store.putJson(Buckets.ALIGNED, Buckets.alignedDetails(run, ordinal), new AlignedDetails(details));
        played.aligned(ordinal);
        ObjectRef archive = store.put(
                Buckets.CROPS,
                Buckets.crops(run, ordinal),
                CropArchive.write(crops.stream().map(Images::png).toList()));
        played.says(ordinal, Outcome.COMPLETE, "", Optional.of(played.crops(ordinal, IMAGES, archive)));
        played.encoded(ordinal, "reference");
    }

    /** An identity is sampled, and then lost. */
    void discards(long ordinal, String reason) {
        samples(ordinal);
        played.says(ordinal, Outcome.DISCARDED, reason, Optional.empty());
    }

    private void samples(long ordinal) {
        byte[] png = Images.png(new TileGrid(FacePainter.TILE, 2, IMAGES)
                .compose(paint(ordinal).stream().map(PaintedFace::image).toList()));
        ObjectRef block = store.put(Buckets.BLOCKS, Buckets.block(run, ordinal), png);
        store.putJson(
                Buckets.BLOCKS,
                Buckets.blockDetails(run, ordinal),
                new BlockDetails(
                        block,
                        new Grid(FacePainter.TILE, 2, IMAGES),
                        Origin.of(new Implementation("painter", "0.2.0", ""))));
        played.sampled(ordinal);
    }

    private List<PaintedFace> paint(long ordinal) {
        float[] context = played.context(ordinal, 0).context();
        List<PaintedFace> faces = new ArrayList<>();
        for (int image = 0; image < IMAGES; image++) {
            faces.add(painter.paint(context, 11, ordinal, image));
        }
        return faces;
    }

    /** Live figures of so many identities, and their report. */
    void judges(int identities, double eer) {
        store.putJson(
                Buckets.EVALUATIONS,
                Buckets.evaluation(run) + "live.json",
                Map.of(
                        "distribution",
                        Map.of(
                                "from",
                                0.8,
                                "to",
                                1,
                                "genuine",
                                List.of(0, 0.1, 0.3, 0.6),
                                "impostor",
                                List.of(0.5, 0.3, 0.2, 0)),
                        "roc",
                        Map.of("far", List.of(1, 0.1, 0.01), "tar", List.of(1, 1 - eer, 1 - 2 * eer)),
                        "least_alike",
                        List.of(Map.of("ordinal", 2, "images", IMAGES, "genuine_mean", 0.9)),
                        "closest_pairs",
                        List.of(Map.of("ordinal", 0, "nearest", 3, "cosine", 0.97))));
        new Topic(Topics.EVALUATIONS)
                .send(new Evaluation(
                        run,
                        EvaluationKind.LIVE,
                        "reference",
                        "",
                        identities,
                        identities * IMAGES,
                        Map.of("eer", eer, "fmr100", 2 * eer, "auc", 1 - eer),
                        Optional.empty()));
    }
}
