package org.facemill.cli.commands;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.facemill.cli.output.CommandException;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.ProgressDisplay;
import org.facemill.evaluation.comparison.CrossSeparation;
import org.facemill.evaluation.comparison.FaceSet;
import org.facemill.evaluation.comparison.IdentitySeparation;
import org.facemill.evaluation.comparison.NearestFaces;
import org.facemill.evaluation.comparison.Separation;
import org.facemill.evaluation.metrics.ScoreCounts;
import org.facemill.evaluation.report.Comparison;
import org.facemill.evaluation.report.ContactRow;
import org.facemill.evaluation.report.EvaluationReport;
import org.facemill.evaluation.report.Neighbours;
import org.facemill.images.RgbImage;

/** What `evaluate` finds out about one set of faces, comparison by comparison. */
final class FaceEvaluation {

    private static final int SHOWN_IDENTITIES = 24;
    private static final int SHOWN_IMAGES = 8;
    /** Nearest images that are looked for, and matches that a report shows. */
    private static final int NEAREST = 5;

    private static final int SHOWN_MATCHES = 12;

    private final Output output;
    private final FaceSet faces;
    private final List<Comparison> comparisons = new ArrayList<>();
    private final List<Neighbours> neighbours = new ArrayList<>();
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
     */
    void separate(Optional<Long> randomImpostors) {
        try (IdentitySeparation accumulator = accumulator(faces)) {
            separation = withProgress("compare", accumulator.pendingPairs(), p -> Separation.of(accumulator, p));
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

    /** Compares each identity with the images of its name in another set, and those with each other. */
    void compare(FaceSet others) {
        requireSameEncoder(others);
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
        requireSameEncoder(others);
        NearestFaces nearest = withProgress(
                "search " + others.name(),
                (long) faces.images() * others.images(),
                p -> NearestFaces.in(faces, others, NEAREST, p));
        neighbours.add(new Neighbours(
                others.name(),
                nearest.scores(),
                nearest.closestOfEachIdentity().stream()
                        .limit(SHOWN_MATCHES)
                        .map(match -> match(match, others))
                        .toList()));
    }

    private Neighbours.Match match(NearestFaces.Match match, FaceSet others) {
        NearestFaces.Face face = match.face();
        return new Neighbours.Match(
                faces.identity(face.identity()),
                faces.picture(face.identity(), face.image()),
                IntStream.range(0, match.nearest().size())
                        .mapToObj(i -> neighbour(match.nearest().get(i), match.cosines()[i], others))
                        .toList());
    }

    private static Neighbours.Neighbour neighbour(NearestFaces.Face face, double cosine, FaceSet others) {
        return new Neighbours.Neighbour(
                others.imageName(face.identity(), face.image()), cosine, others.picture(face.identity(), face.image()));
    }

    EvaluationReport report(String encoder) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("dataset", faces.name());
        facts.put("recogniser", encoder);
        return EvaluationReport.of("Dataset " + faces.name(), facts)
                .with(separation)
                .withComparisons(comparisons)
                .withNeighbours(neighbours)
                .withContactSheet(contactSheet());
    }

    private List<ContactRow> contactSheet() {
        List<ContactRow> sheet = new ArrayList<>();
        for (int identity = 0; identity < Math.min(SHOWN_IDENTITIES, faces.identities()); identity++) {
            int shown = identity;
            List<RgbImage> pictures = IntStream.range(0, Math.min(SHOWN_IMAGES, faces.images(identity)))
                    .boxed()
                    .flatMap(image -> faces.picture(shown, image).stream())
                    .toList();
            if (!pictures.isEmpty()) {
                sheet.add(new ContactRow("identity " + faces.identity(identity), pictures));
            }
        }
        return sheet;
    }

    private static IdentitySeparation accumulator(FaceSet faces) {
        if (faces.identities() < 2 || faces.images() == faces.identities()) {
            throw new CommandException(faces.name() + ": " + faces.identities() + " identities with " + faces.images()
                    + " images; separation wants two identities, one of them with two images");
        }
        return IdentitySeparation.of(faces);
    }

    private void requireSameEncoder(FaceSet others) {
        if (others.dimension() != faces.dimension()) {
            throw new CommandException("%s has embeddings of %d numbers, %s of %d; encode both by one recogniser"
                    .formatted(faces.name(), faces.dimension(), others.name(), others.dimension()));
        }
    }

    private interface Counting<T> {
        T run(LongConsumer progress);
    }

    private <T> T withProgress(String task, long pairs, Counting<T> counting) {
        try (ProgressDisplay progress = output.progress(task, pairs, "pairs")) {
            return counting.run(progress::stepBy);
        }
    }
}
