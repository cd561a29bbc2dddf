package org.facemill.splitter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Json;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.Crops;
import org.facemill.contracts.event.DatasetRequest;
import org.facemill.contracts.event.DatasetSealed;
import org.facemill.contracts.event.IdentityOutcome;
import org.facemill.contracts.event.Outcome;
import org.facemill.contracts.recipe.run.Packing;
import org.facemill.contracts.recipe.run.Recipe;
import org.facemill.datasets.CropArchive;
import org.facemill.datasets.DatasetPacker;
import org.facemill.datasets.Identity;
import org.facemill.datasets.Manifest;
import org.facemill.datasets.Oversampling;
import org.facemill.platform.messaging.Announcement;
import org.facemill.platform.messaging.Heartbeat;
import org.facemill.platform.messaging.Work;
import org.facemill.platform.store.ObjectStore;

/**
 * Packs the identities of a request into the formats that the recipe asks for, one folder a class, and writes the
 * manifest last. A version whose manifest is there is announced again, not packed again.
 */
final class DatasetPacking implements Work<DatasetRequest> {

    /** Width and height of a crop. */
    private static final int SIDE = 112;

    private final ObjectStore store;

    DatasetPacking(ObjectStore store) {
        this.store = store;
    }

    @Override
    public List<Announcement> apply(DatasetRequest request, Heartbeat heartbeat) throws IOException {
        Recipe recipe = Json.MAPPER.readValue(store.get(request.recipe()), Recipe.class);
        String key = Buckets.manifest(request.run(), request.version());
        if (!store.exists(Buckets.DATASETS, key)) {
            store.put(Buckets.DATASETS, key, pack(request, recipe, heartbeat).json());
        }
        Path file = Files.createTempFile("facemill-manifest-", ".json");
        try {
            ObjectRef ref = store.download(Buckets.DATASETS, key, file);
            Manifest manifest = Manifest.read(key, Files.readAllBytes(file));
            return List.of(new Announcement(
                    Topics.DATASET_SEALED,
                    new DatasetSealed(
                            request.run(),
                            request.version(),
                            manifest.members().size(),
                            recipe.images(),
                            ref,
                            manifest.digest(),
                            request.members(),
                            recipe.training(),
                            recipe.evaluation())));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private Manifest pack(DatasetRequest request, Recipe recipe, Heartbeat heartbeat) throws IOException {
        List<IdentityOutcome> identities =
                List.of(Json.MAPPER.readValue(store.get(request.members()), IdentityOutcome[].class));
        List<Crops> complete = identities.stream()
                .filter(identity -> identity.outcome() == Outcome.COMPLETE)
                .map(identity -> identity.crops().orElseThrow())
                .toList();
        if (complete.size() != request.identities()) {
            throw new IllegalArgumentException(request.members().key() + " lists " + complete.size()
                    + " complete identities, the request is for " + request.identities());
        }
        Packing packing = recipe.dataset();
        Oversampling oversampling = new Oversampling(packing.copies(), packing.copyKind(), recipe.seed());
        List<Manifest.Member> members = new ArrayList<>();
        try (UploadTarget target = new UploadTarget(store, Buckets.dataset(request.run(), request.version()));
                DatasetPacker packer = new DatasetPacker(
                        packing.formats(), identities(complete, recipe.images()), oversampling, SIDE, SIDE, target)) {
            for (Crops crops : complete) {
                packer.add(
                        crops.ordinal(),
                        CropArchive.read(
                                store.get(crops.archive()), crops.archive().key()));
                members.add(new Manifest.Member(crops.ordinal(), Manifest.folder(members.size()), crops.pixelSha256()));
                heartbeat.beat();
            }
            packer.finish();
        }
        List<Manifest.Other> others = identities.stream()
                .filter(identity -> identity.outcome() != Outcome.COMPLETE)
                .map(identity -> new Manifest.Other(identity.ordinal(), identity.outcome(), identity.reason()))
                .toList();
        return new Manifest(
                request.run(),
                request.version(),
                recipe,
                complete.stream().map(Crops::origin).distinct().toList(),
                Manifest.digestOf(members),
                packing.formats(),
                packing.copies(),
                packing.copyKind(),
                members,
                others);
    }

    /** The n-th is class n, and is called by its ordinal. */
    private static List<Identity> identities(List<Crops> complete, int images) {
        return IntStream.range(0, complete.size())
                .mapToObj(label ->
                        new Identity(label, Long.toString(complete.get(label).ordinal()), images))
                .toList();
    }
}
