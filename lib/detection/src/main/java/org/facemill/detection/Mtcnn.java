package org.facemill.detection;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.facemill.contracts.DatasetDigest;
import org.facemill.images.Point;
import org.facemill.images.RgbImage;
import org.facemill.tensor.TensorFile;
import org.facemill.torch.DeviceTensor;
import org.facemill.torch.Network;
import org.facemill.torch.Parameters;
import org.facemill.torch.Scope;

/**
 * Multi-task cascaded convolutional networks (Zhang et al., IEEE SPL 2016): a face detector with five landmarks. Results
 * follow facenet-pytorch's {@code detect_face} with the published weights.
 *
 * <p>Thread safety: any number of calls at once. {@link #close()} frees the networks.
 */
public final class Mtcnn implements AutoCloseable {

    private static final String WEIGHTS = "mtcnn.safetensors";
    private static final int REFINEMENT_SIZE = 24;
    private static final int OUTPUT_SIZE = 48;
    /** Crops of one run of a network: enough to fill it, few enough that activations stay in the cache. */
    private static final int CROPS_PER_RUN = 32;

    private static final float OVERLAP = 0.7f;

    private final Parameters parameters;
    private final Network proposal;
    private final Network refinement;
    private final Network output;

    /** Loads the networks with the weights that come with this library. */
    public Mtcnn() {
        parameters = weights();
        proposal = Network.load(MtcnnNetworks.proposal(), parameters);
        refinement = Network.load(MtcnnNetworks.refinement(), parameters);
        output = Network.load(MtcnnNetworks.output(), parameters);
    }

    /**
     * Finds the faces in each image. Images of one size are worked on together.
     *
     * @param images any sizes, any number; each takes 12 bytes per pixel while this runs
     * @return for each image its faces, the largest first; empty where there are none
     */
    public List<List<Face>> detect(List<RgbImage> images, MtcnnOptions options) {
        List<Integer> borders = images.stream()
                .map(image -> (int) Math.round(Math.min(image.width(), image.height()) * options.border()))
                .toList();
        List<SummedAreaTable> tables = IntStream.range(0, images.size())
                .mapToObj(i -> new SummedAreaTable(images.get(i), borders.get(i)))
                .toList();
        List<Candidate> candidates = refine(tables, propose(tables, options), options);
        List<List<Face>> faces = output(tables, candidates, options);
        return IntStream.range(0, images.size())
                .mapToObj(i -> faces.get(i).stream()
                        .sorted(Comparator.comparing(face -> -face.box().area()))
                        .limit(options.keepAll() ? Long.MAX_VALUE : 1)
                        .map(face -> face.translated(-borders.get(i), -borders.get(i)))
                        .toList())
                .toList();
    }

    private List<Candidate> propose(List<SummedAreaTable> images, MtcnnOptions options) {
        Map<List<Integer>, List<Integer>> bySize = IntStream.range(0, images.size())
                .boxed()
                .collect(Collectors.groupingBy(
                        i -> List.of(images.get(i).width(), images.get(i).height()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        Pyramid pyramid = new Pyramid(proposal, options, Pyramid.PIXELS_PER_RUN);
        return bySize.values().stream()
                .flatMap(indices ->
                        pyramid.propose(indices.stream().map(images::get).toList(), indices).stream())
                .toList();
    }

    /** Second stage: R-Net judges the proposals and moves their edges. */
    private List<Candidate> refine(List<SummedAreaTable> images, List<Candidate> proposals, MtcnnOptions options) {
        List<List<Candidate>> kept = perImage(images.size());
        judge(refinement, REFINEMENT_SIZE, images, proposals, (candidate, results, i) -> {
            if (results.score[i] > options.refinementThreshold()) {
                kept.get(candidate.image())
                        .add(new Candidate(
                                candidate.image(), candidate.box(), results.score[i], row(results.offsets, i, 4)));
            }
        });
        return kept.stream()
                .flatMap(ofImage -> Overlap.UNION.suppress(ofImage, OVERLAP).stream())
                .map(c -> new Candidate(
                        c.image(), c.box().regressed(c.offsets(), 1).square(), c.score(), c.offsets()))
                .toList();
    }

    /** Third stage: O-Net judges again, moves the edges and places the points. */
    private List<List<Face>> output(List<SummedAreaTable> images, List<Candidate> candidates, MtcnnOptions options) {
        List<List<Face>> faces = perImage(images.size());
        judge(output, OUTPUT_SIZE, images, candidates, (candidate, results, i) -> {
            if (results.score[i] > options.outputThreshold()) {
                Box box = candidate.box();
                float[] points = row(results.points, i, 10);
                faces.get(candidate.image())
                        .add(new Face(
                                box.regressed(row(results.offsets, i, 4), 1),
                                results.score[i],
                                IntStream.range(0, 5)
                                        .mapToObj(p -> new Point(
                                                (box.width() + 1) * points[p] + box.x1() - 1,
                                                (box.height() + 1) * points[p + 5] + box.y1() - 1))
                                        .toList()));
            }
        });
        return faces.stream()
                .map(ofImage -> Overlap.SMALLER.suppress(ofImage, OVERLAP))
                .toList();
    }

    /** SHA-256 of the weights that come with this library, in lower-case hexadecimal. */
    public static String weightsSha256() {
        try (InputStream in = Mtcnn.class.getResourceAsStream(WEIGHTS)) {
            return DatasetDigest.sha256(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Parameters weights() {
        Parameters parameters = new Parameters(WEIGHTS);
        try (InputStream in = Mtcnn.class.getResourceAsStream(WEIGHTS)) {
            Path file = Files.createTempFile("facemill-", ".safetensors");
            try {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                try (TensorFile tensors = TensorFile.open(file)) {
                    tensors.tensors().forEach((name, tensor) -> parameters.put(name, tensor.floats(), tensor.shape()));
                }
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parameters;
    }

    /** What a network says about some crops: score [N], offsets [N,4], points [N,10] or empty. */
    private record Results(float[] score, float[] offsets, float[] points) {}

    /** Receives each candidate with the results of its run and its place in them. */
    private interface ResultConsumer {
        void accept(Candidate candidate, Results results, int index);
    }

    private static void judge(
            Network network,
            int size,
            List<SummedAreaTable> images,
            List<Candidate> candidates,
            ResultConsumer consumer) {
        List<Candidate> visible = candidates.stream()
                .filter(candidate -> !region(candidate, images).isEmpty())
                .toList();
        for (int start = 0; start < visible.size(); start += CROPS_PER_RUN) {
            List<Candidate> run = visible.subList(start, Math.min(visible.size(), start + CROPS_PER_RUN));
            Results results = run(network, size, images, run);
            for (int i = 0; i < run.size(); i++) {
                consumer.accept(run.get(i), results, i);
            }
        }
    }

    private static Results run(Network network, int size, List<SummedAreaTable> images, List<Candidate> candidates) {
        float[] pixels = new float[candidates.size() * 3 * size * size];
        SummedAreaTable.Strip all = new SummedAreaTable.Strip(0, size);
        for (int i = 0; i < candidates.size(); i++) {
            images.get(candidates.get(i).image())
                    .pool(region(candidates.get(i), images), size, size, all, pixels, i * 3 * size * size);
        }
        try (Scope scope = Scope.open()) {
            List<DeviceTensor> results = network.run(scope, scope.floats(pixels, candidates.size(), 3, size, size));
            return new Results(
                    results.get(0).floats(),
                    results.get(1).floats(),
                    results.size() > 2 ? results.get(2).floats() : new float[0]);
        }
    }

    private static Region region(Candidate candidate, List<SummedAreaTable> images) {
        SummedAreaTable image = images.get(candidate.image());
        return Region.of(candidate.box(), image.width(), image.height());
    }

    private static float[] row(float[] matrix, int row, int columns) {
        return Arrays.copyOfRange(matrix, row * columns, (row + 1) * columns);
    }

    private static <T> List<List<T>> perImage(int images) {
        return IntStream.range(0, images)
                .<List<T>>mapToObj(i -> new ArrayList<>())
                .toList();
    }

    @Override
    public void close() {
        proposal.close();
        refinement.close();
        output.close();
        parameters.close();
    }
}
