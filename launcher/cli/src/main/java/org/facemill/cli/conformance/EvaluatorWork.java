package org.facemill.cli.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.DatasetDigest;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.Crops;
import org.facemill.contracts.event.EventType;
import org.facemill.contracts.event.IdentityEmbeddings;
import org.facemill.contracts.event.IdentityEvent;
import org.facemill.contracts.event.Implementation;
import org.facemill.contracts.event.Origin;
import org.facemill.contracts.recipe.run.Recipe;
import org.facemill.datasets.CropArchive;
import org.facemill.images.Images;
import org.facemill.images.RgbImage;
import org.facemill.tensor.Npy;
import org.facemill.tensor.Tensor;

/** Crops of painted faces, of which embeddings are to come. */
final class EvaluatorWork implements Workpiece {

    private static final int SIDE = 112;

    private final Recipe recipe;
    private final Store objects;
    private final List<RgbImage> faces;
    private final byte[] archive;

    EvaluatorWork(Recipe recipe, Store objects) {
        this.recipe = recipe;
        this.objects = objects;
        this.faces = Faces.paint(recipe.images()).stream()
                .map(face -> Images.resizeBilinear(face, SIDE, SIDE))
                .toList();
        this.archive = CropArchive.write(faces.stream().map(Images::png).toList());
    }

    @Override
    public String reads() {
        return Topics.CROPS;
    }

    @Override
    public String answersAt() {
        return Topics.EMBEDDINGS;
    }

    @Override
    public EventType gives() {
        return EventType.IDENTITY_EMBEDDINGS;
    }

    /** What cannot be encoded stays complete. */
    @Override
    public boolean failsIdentities() {
        return false;
    }

    @Override
    public Crops make(String run, long ordinal) {
        return new Crops(
                run,
                ordinal,
                0,
                objects.put(Buckets.CROPS, Buckets.crops(run, ordinal), archive),
                faces.stream().map(RgbImage::sha256).toList(),
                Origin.of(new Implementation("conformance", "1", "")),
                recipe.alignment().landmarks(),
                recipe.evaluation().encoder());
    }

    @Override
    public Map<String, IdentityEvent> impossible(LongFunction<IdentityEvent> make) {
        Map<String, IdentityEvent> events = new LinkedHashMap<>();
        events.put("archive that is not there", withArchive(make.apply(0), "key", "conformance/nothing.tar"));
        events.put("archive of another SHA-256", withArchive(make.apply(1), "sha256", "0".repeat(64)));
        events.put("archive that is no tar", holding(make.apply(2), "no tar".getBytes(StandardCharsets.UTF_8)));
        byte[] noPictures = CropArchive.write(List.of("no picture".getBytes(StandardCharsets.UTF_8)));
        events.put("archive of what is no picture", holding(make.apply(3), noPictures));
        events.put(
                "encoder that does not exist",
                Workpiece.changed(make.apply(4), event -> event.put("encoder", "conformance-no-such-model")));
        return events;
    }

    private IdentityEvent holding(IdentityEvent crops, byte[] bytes) {
        ObjectRef ref = objects.put(Buckets.CROPS, Buckets.crops(crops.run(), crops.ordinal()), bytes);
        return withArchive(crops, "sha256", ref.sha256());
    }

    private static IdentityEvent withArchive(IdentityEvent crops, String field, String value) {
        return Workpiece.changed(crops, event -> event.withObject("/archive").put(field, value));
    }

    @Override
    public Result inspect(IdentityEvent given, IdentityEvent result, Inspection inspection) throws IOException {
        Crops crops = (Crops) given;
        IdentityEmbeddings embeddings = (IdentityEmbeddings) result;
        inspection.handedOn("model, the event's encoder,", crops.encoder(), embeddings.model());
        inspection.content(
                embeddings.images() == faces.size(),
                embeddings.images() + " embeddings, there are " + faces.size() + " crops");
        inspection.liesAt(
                "embeddings",
                embeddings.embeddings(),
                Buckets.EMBEDDINGS,
                Buckets.embeddings(crops.run(), crops.encoder(), crops.ordinal()));
        Optional<byte[]> npy = inspection.stored("embeddings", embeddings.embeddings());
        if (npy.isPresent()) {
            long[] shape = tensor(npy.get()).shape();
            inspection.content(
                    shape.length == 2 && shape[0] == embeddings.images() && shape[1] == embeddings.dimension(),
                    "the array is of another shape than the event says");
        }
        return new Result(
                List.of(embeddings.embeddings()), npy.map(DatasetDigest::sha256).orElse(""));
    }

    private static Tensor tensor(byte[] npy) throws IOException {
        Path file = Files.createTempFile("embeddings", ".npy");
        try {
            return Npy.read(Files.write(file, npy));
        } finally {
            Files.delete(file);
        }
    }
}
