package org.facemill.evaluation.comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.facemill.images.RgbImage;
import org.facemill.tensor.Contexts;
import org.facemill.tensor.DType;
import org.facemill.tensor.Tensor;
import org.facemill.tensor.TensorFile;
import org.facemill.tensor.TorchArrays;
import org.facemill.tensor.WholeFiles;

/**
 * Embeddings in files: rows with a label each, as IDiff-Face's encode.py writes and its evaluate.py reads them, or as plain
 * numpy arrays; or one vector a name, as training embeddings and contexts are stored. Rows are read when they are asked for.
 */
public final class EmbeddingFiles implements FaceSet {

    /** The rows in a folder that {@link #write} or encode.py wrote. */
    public static final String EMBEDDINGS = "embeddings.npy";

    /** The label of each row beside them. */
    public static final String LABELS = "labels.npy";

    /** The name of each row's image, one a line; encode.py does not write it. */
    public static final String NAMES = "names.txt";

    private final String name;
    private final Optional<TensorFile> file;
    private final int dimension;
    private final List<Tensor> rows;
    private final List<String> imageNames;
    private final List<Map.Entry<String, List<Integer>>> identities;

    private EmbeddingFiles(
            String name, Optional<TensorFile> file, List<Tensor> rows, List<String> labels, List<String> images) {
        this.name = name;
        this.file = file;
        this.rows = rows;
        this.imageNames = images;
        this.dimension = rows.isEmpty() ? 0 : Math.toIntExact(rows.get(0).elements());
        Map<String, List<Integer>> places = new LinkedHashMap<>();
        for (int row = 0; row < labels.size(); row++) {
            places.computeIfAbsent(labels.get(row), label -> new ArrayList<>()).add(row);
        }
        this.identities = List.copyOf(places.entrySet());
    }

    /** Whether a folder holds embeddings with labels. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(EMBEDDINGS)) && Files.isRegularFile(folder.resolve(LABELS));
    }

    /** The embeddings in a folder, with the names of images where it has them. */
    public static EmbeddingFiles open(Path folder) throws IOException {
        return open(folder.toString(), folder.resolve(EMBEDDINGS), folder.resolve(LABELS), folder.resolve(NAMES));
    }

    /**
     * Rows with labels.
     *
     * @param embeddings an array [images, dimension]
     * @param labels an array of as many numbers or texts
     * @throws IllegalArgumentException if they do not fit each other
     */
    public static EmbeddingFiles open(Path embeddings, Path labels) throws IOException {
        return open(embeddings.toString(), embeddings, labels, embeddings.resolveSibling(NAMES));
    }

    private static EmbeddingFiles open(String name, Path embeddings, Path labels, Path names) throws IOException {
        List<String> whose = labels(labels);
        List<String> images =
                Files.isRegularFile(names) ? Files.readAllLines(names, StandardCharsets.UTF_8) : List.of();
        TensorFile file = TensorFile.open(embeddings);
        try {
            List<Tensor> rows = rows(embeddings, file);
            if (rows.size() != whose.size()) {
                throw new IllegalArgumentException("%s holds %d embeddings, %s %d labels; expected one each"
                        .formatted(embeddings, rows.size(), labels, whose.size()));
            }
            return new EmbeddingFiles(
                    name, Optional.of(file), rows, whose, images.size() == rows.size() ? images : List.of());
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * One vector a name, see {@link Contexts#read}. Names with a slash are pictures in their identities' folders; any other is an
     * identity of its own. Zeros, which stand for a picture without a
     * face, are left out.
     */
    public static EmbeddingFiles named(Path file) throws IOException {
        List<Tensor> rows = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Contexts.read(file).forEach((name, vector) -> {
            if (!Contexts.isZero(vector)) {
                rows.add(Tensor.of(new long[] {vector.length}, vector));
                names.add(name);
            }
        });
        List<String> labels = names.stream().map(EmbeddingFiles::folder).toList();
        return new EmbeddingFiles(file.toString(), Optional.empty(), rows, labels, names);
    }

    private static String folder(String name) {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }

    private static List<Tensor> rows(Path path, TensorFile file) {
        if (file.tensors().size() != 1
                || file.tensors().values().iterator().next().shape().length != 2) {
            throw new IllegalArgumentException(path + ": expected one array [images, dimension], it holds "
                    + file.tensors().values().stream()
                            .limit(3)
                            .map(Tensor::toString)
                            .collect(Collectors.joining(", ", "", file.tensors().size() > 3 ? ", ..." : "")));
        }
        Tensor all = file.tensors().values().iterator().next();
        return LongStream.range(0, all.shape()[0]).mapToObj(all::part).toList();
    }

    private static List<String> labels(Path path) throws IOException {
        try (TensorFile file = TensorFile.open(path)) {
            if (file.tensors().size() == 1) {
                return LongStream.of(file.tensors().values().iterator().next().longs())
                        .mapToObj(Long::toString)
                        .toList();
            }
            List<String> texts = file.values().values().stream()
                    .flatMap(value -> value instanceof List<?> list ? list.stream() : Stream.of(value))
                    .map(String::valueOf)
                    .toList();
            if (texts.isEmpty()) {
                throw new IllegalArgumentException(path + ": no labels in it; expected an array of numbers or texts");
            }
            return texts;
        }
    }

    /**
     * Writes a set into a folder as encode.py does, with the names of its images beside.
     *
     * @throws IOException that names the file
     */
    public static void write(Path folder, FaceSet faces) throws IOException {
        Files.createDirectories(folder);
        List<String> labels = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int bytesPerRow = faces.dimension() * Float.BYTES;
        ByteBuffer rows = ByteBuffer.allocate(Math.multiplyExact(faces.images(), bytesPerRow))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int identity = 0; identity < faces.identities(); identity++) {
            Embeddings embeddings = faces.embeddings(identity);
            rows.slice(labels.size() * bytesPerRow, embeddings.images() * bytesPerRow)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .put(embeddings.values());
            for (int image = 0; image < embeddings.images(); image++) {
                labels.add(faces.identity(identity));
                names.add(faces.imageName(identity, image));
            }
        }
        Tensor array = Tensor.of(DType.F32, new long[] {labels.size(), faces.dimension()}, rows);
        WholeFiles.write(folder.resolve(NAMES), String.join("\n", names) + "\n");
        WholeFiles.write(folder.resolve(LABELS), path -> TorchArrays.write(path, labels));
        WholeFiles.write(folder.resolve(EMBEDDINGS), path -> TorchArrays.write(path, array));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public int identities() {
        return identities.size();
    }

    @Override
    public int images() {
        return rows.size();
    }

    @Override
    public int images(int identity) {
        return identities.get(identity).getValue().size();
    }

    @Override
    public String identity(int identity) {
        return identities.get(identity).getKey();
    }

    @Override
    public Embeddings embeddings(int identity) {
        List<Integer> own = identities.get(identity).getValue();
        float[][] values = own.stream().map(row -> rows.get(row).floats()).toArray(float[][]::new);
        return Embeddings.normalised(name + ": identity " + identity(identity), values);
    }

    @Override
    public String imageName(int identity, int image) {
        int row = identities.get(identity).getValue().get(image);
        return imageNames.isEmpty() ? "row " + row : imageNames.get(row);
    }

    @Override
    public Optional<RgbImage> picture(int identity, int image) {
        return Optional.empty();
    }

    @Override
    public void close() {
        try {
            if (file.isPresent()) {
                file.get().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
