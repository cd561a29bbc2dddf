package org.facemill.cli.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.facemill.cli.output.CommandException;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.ProgressDisplay;
import org.facemill.detection.Face;
import org.facemill.detection.Mtcnn;
import org.facemill.detection.MtcnnOptions;
import org.facemill.evaluation.comparison.CrossSeparation;
import org.facemill.evaluation.comparison.FaceSet;
import org.facemill.evaluation.comparison.IdentitySeparation;
import org.facemill.evaluation.comparison.NearestFaces;
import org.facemill.evaluation.comparison.PoseSpread;
import org.facemill.evaluation.comparison.Separation;
import org.facemill.evaluation.metrics.ScoreCounts;
import org.facemill.evaluation.report.Comparison;
import org.facemill.evaluation.report.ContactRow;
import org.facemill.evaluation.report.EvaluationReport;
import org.facemill.evaluation.report.Highlight;
import org.facemill.evaluation.report.IdentityTable;
import org.facemill.evaluation.report.Neighbours;
import org.facemill.images.FacePoints;
import org.facemill.images.Point;
import org.facemill.images.RgbImage;
import org.facemill.tensor.Npz;
import org.facemill.tensor.TensorFile;
import org.facemill.tensor.WholeFiles;

/** What `evaluate` finds out about one set of faces, comparison by comparison. */
final class FaceEvaluation {

    private static final int SHOWN_IDENTITIES = 24;
    private static final int SHOWN_IMAGES = 8;
    /** Pixels a side of an aligned image. */
    private static final int SIDE = FacePoints.ARCFACE_112.size();
    /** Nearest images that are looked for, and matches that a report shows. */
    private static final int NEAREST = 5;

    private static final int SHOWN_MATCHES = 12;

    private final Output output;
    private final FaceSet faces;
    private final List<Comparison> comparisons = new ArrayList<>();
    private final List<Neighbours> neighbours = new ArrayList<>();
    private final Map<Long, PoseSpread> poses = new HashMap<>();
    private Separation separation;

    FaceEvaluation(Output output, FaceSet faces) {
        this.output = output;
        this.faces = faces;
    }

    Separation separation() {
        return separation;
    }

    List<Comparison> comparisons() {
        return comparisons;
    }

    List<Neighbours> neighbours() {
        return neighbours;
    }

    /**
     * Compares all images with each other.
     *
     * @param randomImpostors seed of IDiff-Face's protocol, which is then followed, too
     * @param counted file that keeps what is counted every few billion pairs, to go on from when started again
     */
    void separate(Optional<Long> randomImpostors, Optional<Path> counted) throws IOException {
        try (IdentitySeparation accumulator = accumulator(faces)) {
            if (counted.filter(Files::exists).isPresent()) {
                resume(accumulator, counted.get());
            }
            try (ProgressDisplay progress = output.progress("compare", accumulator.pendingPairs(), "pairs")) {
                while (accumulator.countRound(progress::stepBy)) {
                    if (counted.isPresent()) {
                        WholeFiles.write(counted.get(), path -> Npz.write(path, accumulator.state()));
                    }
                }
            }
            separation = Separation.of(accumulator);
            if (randomImpostors.isPresent()) {
                long seed = randomImpostors.get();
                ScoreCounts scores = withProgress(
                        "random pairs",
                        2 * separation.metrics().genuinePairs(),
                        p -> accumulator.randomImpostors(seed, p));
                comparisons.add(Comparison.of(
                        "random_impostors",
                        "Random impostor pairs",
                        "All genuine pairs; random pairs of images of two identities, as many as genuine ones counted in both"
                                + " orders, with repetitions, seed " + seed + " (IDiff-Face's evaluate.py).",
                        scores));
            }
        }
    }

    private static void resume(IdentitySeparation accumulator, Path counted) throws IOException {
        try (TensorFile state = TensorFile.open(counted)) {
            accumulator.resume(state.tensors());
        }
    }

    /** Compares each identity with the images of its name in another set, and those with each other. */
    void compare(FaceSet others) {
        FaceSources.requireSameEncoder(faces, others);
        comparisons.add(Comparison.of(
                "real_synthetic",
                "Against " + others.name(),
                "Genuine: an image and one of the same name's there; impostor: an image and one of another's there.",
                withProgress(
                        "compare with " + others.name(),
                        (long) faces.images() * others.images(),
                        p -> CrossSeparation.between(faces, others, p))));
        if (others.identities() > 1 && others.images() > others.identities()) {
            try (IdentitySeparation accumulator = accumulator(others)) {
                comparisons.add(Comparison.of(
                        "real_real",
                        others.name() + " with itself",
                        "All pairs of its images.",
                        withProgress("compare " + others.name(), accumulator.pendingPairs(), accumulator::scores)));
            }
        }
    }

    /** Finds what resembles each image most in another set. */
    void findNearest(FaceSet others) {
        FaceSources.requireSameEncoder(faces, others);
        NearestFaces nearest = withProgress(
                "search " + others.name(),
                (long) faces.images() * others.images(),
                p -> NearestFaces.in(faces, others, NEAREST, p));
        neighbours.add(Neighbours.of(faces, others, nearest, SHOWN_MATCHES));
    }

    EvaluationReport report(String encoder) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("dataset", faces.name());
        facts.put("recogniser", encoder);
        return EvaluationReport.of("Dataset " + faces.name(), facts)
                .with(separation)
                .withComparisons(comparisons)
                .withNeighbours(neighbours)
                .withHighlights(Highlight.of(
                        separation,
                        ordinal -> faces.identity((int) ordinal),
                        ordinal -> pictures((int) ordinal, SHOWN_IMAGES)))
                .withContactSheet(contactSheet());
    }

    /** Every identity's own figures. */
    String identitiesCsv() {
        return IdentityTable.csv(separation.likeness(), ordinal -> faces.identity((int) ordinal), poses);
    }

    /** Finds the five points in every image. */
    void lookAtPoses() {
        try (Mtcnn detector = new Mtcnn();
                ProgressDisplay progress = output.progress("poses", faces.images(), "images")) {
            for (int identity = 0; identity < faces.identities(); identity++) {
                List<RgbImage> pictures = pictures(identity, faces.images(identity));
                List<List<Point>> points = detector.detect(pictures, MtcnnOptions.DEFAULT).stream()
                        .flatMap(found -> Face.nearestToCentre(found, SIDE, SIDE).stream())
                        .map(Face::points)
                        .toList();
                if (!points.isEmpty()) {
                    poses.put((long) identity, PoseSpread.of(points));
                }
                progress.stepBy(pictures.size());
            }
        }
    }

    private List<ContactRow> contactSheet() {
        List<ContactRow> sheet = new ArrayList<>();
        for (int identity = 0; identity < Math.min(SHOWN_IDENTITIES, faces.identities()); identity++) {
            List<RgbImage> pictures = pictures(identity, SHOWN_IMAGES);
            if (!pictures.isEmpty()) {
                sheet.add(new ContactRow("identity " + faces.identity(identity), pictures));
            }
        }
        return sheet;
    }

    private List<RgbImage> pictures(int identity, int most) {
        return IntStream.range(0, Math.min(most, faces.images(identity)))
                .boxed()
                .flatMap(image -> faces.picture(identity, image).stream())
                .toList();
    }

    private static IdentitySeparation accumulator(FaceSet faces) {
        if (faces.identities() < 2 || faces.images() == faces.identities()) {
            throw new CommandException(faces.name() + ": " + faces.identities() + " identities with " + faces.images()
                    + " images; separation wants two identities, one of them with two images");
        }
        return IdentitySeparation.of(faces);
    }

    private <T> T withProgress(String task, long pairs, Function<LongConsumer, T> comparison) {
        return FaceSources.withProgress(output, task, pairs, comparison);
    }
}
