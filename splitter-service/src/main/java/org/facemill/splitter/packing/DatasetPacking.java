package org.facemill.splitter.packing;

import static org.facemill.contracts.event.AlignedBlock.CROP_SIZE;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Json;
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
import org.facemill.platform.store.StoredResults;
import org.facemill.platform.store.StoredResults.Stored;

/**
 * Packs the identities of a request into the formats that the recipe asks for, one folder a class, and writes the manifest
 * last.
 */
final class DatasetPacking implements Work<DatasetRequest> {

    private final ObjectStore store;
    private final StoredResults<Manifest> manifests;

    DatasetPacking(ObjectStore store) {
        this.store = store;
        this.manifests = StoredResults.of(store, Buckets.DATASETS, new ManifestFormat());
    }

    @Override
    public List<Announcement> apply(DatasetRequest request, Heartbeat heartbeat) throws Exception {
        Recipe recipe = Json.MAPPER.readValue(store.get(request.recipe()), Recipe.class);
        Stored<Manifest> manifest = manifests.findOrMake(
                Buckets.manifest(request.run(), request.version()), () -> pack(request, recipe, heartbeat));
        return List.of(new Announcement(
                Topics.DATASET_SEALED,
                new DatasetSealed(
                        request.run(),
                        request.version(),
                        manifest.value().members().size(),
                        recipe.images(),
                        manifest.ref(),
                        manifest.value().digest(),
                        request.members(),
                        recipe.training(),
                        recipe.evaluation())));
    }

    private Manifest pack(DatasetRequest request, Recipe recipe, Heartbeat heartbeat) throws IOException {
        List<IdentityOutcome> identities =
                List.of(Json.MAPPER.readValue(store.get(request.members()), IdentityOutcome[].class));
        List<Crops> complete = identities.stream()
                .filter(identity -> identity.outcome() == Outcome.COMPLETE)
                .map(identity -> crops(identity, recipe))
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
                        packing.formats(),
                        identities(complete, recipe.images()),
                        oversampling,
                        CROP_SIZE,
                        CROP_SIZE,
                        target)) {
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

    private static Crops crops(IdentityOutcome identity, Recipe recipe) {
        return identity.crops()
                .filter(crops -> crops.pixelSha256().size() == recipe.images())
                .orElseThrow(() -> new IllegalArgumentException("identity " + identity.ordinal()
                        + " is listed as complete, but not with " + recipe.images() + " crops"));
    }

    private static final class ManifestFormat implements StoredResults.Format<Manifest> {

        @Override
        public byte[] write(Manifest manifest) {
            return manifest.json();
        }

        @Override
        public Manifest read(byte[] bytes, String key) {
            return Manifest.read(key, bytes);
        }
    }
}
