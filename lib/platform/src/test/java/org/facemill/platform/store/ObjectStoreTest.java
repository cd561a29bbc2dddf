package org.facemill.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.DatasetDigest;
import org.facemill.contracts.Grid;
import org.facemill.contracts.ObjectRef;
import org.facemill.platform.testing.BrokerAndStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(BrokerAndStore.class)
class ObjectStoreTest {

    private final String run = UUID.randomUUID().toString();

    @TempDir
    Path folder;

    @Inject
    ObjectStore store;

    @Test
    void whatIsPutComesBackByItsReference() {
        ObjectRef ref = store.put(Buckets.BLOCKS, run + "/1.png", new byte[] {1, 2, 3});

        assertThat(ref.sha256()).isEqualTo(DatasetDigest.sha256(new byte[] {1, 2, 3}));
        assertThat(store.get(ref)).containsExactly(1, 2, 3);
        assertThat(store.exists(Buckets.BLOCKS, run + "/1.png")).isTrue();
    }

    @Test
    void aMissingObjectIsSaidByName() {
        ObjectRef ref = new ObjectRef(Buckets.BLOCKS, run + "/2.png", "0".repeat(64));

        assertThatThrownBy(() -> store.get(ref))
                .isInstanceOf(MissingObjectException.class)
                .hasMessageContaining(run + "/2.png");
        assertThatThrownBy(() -> store.download(ref, folder.resolve("2.png")))
                .isInstanceOf(MissingObjectException.class);
        assertThat(store.find(Buckets.BLOCKS, run + "/2.png")).isEmpty();
        assertThat(store.exists(Buckets.BLOCKS, run + "/2.png")).isFalse();
    }

    @Test
    void anObjectThatChangedIsRefused() {
        ObjectRef ref = store.put(Buckets.BLOCKS, run + "/3.png", new byte[] {1});
        store.put(Buckets.BLOCKS, run + "/3.png", new byte[] {2});

        assertThatThrownBy(() -> store.get(ref))
                .isInstanceOf(CorruptObjectException.class)
                .hasMessageContaining(run + "/3.png");
        assertThatThrownBy(() -> store.download(ref, folder.resolve("3.png")))
                .isInstanceOf(CorruptObjectException.class);
        assertThat(folder.resolve("3.png")).doesNotExist();
    }

    @Test
    void onlyTheFirstPutsIfAbsent() {
        assertThat(store.putIfAbsent(Buckets.RUNS, run + "/lease.json", new byte[] {1}))
                .isTrue();
        assertThat(store.putIfAbsent(Buckets.RUNS, run + "/lease.json", new byte[] {2}))
                .isFalse();

        assertThat(store.find(Buckets.RUNS, run + "/lease.json"))
                .hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(1));
    }

    @Test
    void aFileOfSeveralPartsGoesUpAndDown() throws IOException {
        byte[] bytes = new byte[40 << 20];
        new Random(1).nextBytes(bytes);
        Path file = Files.write(folder.resolve("model.bin"), bytes);

        ObjectRef ref = store.upload(Buckets.MODELS, run + "/model.bin", file);
        store.download(ref, folder.resolve("copy.bin"));
        ObjectRef found = store.download(Buckets.MODELS, run + "/model.bin", folder.resolve("other.bin"));

        assertThat(folder.resolve("copy.bin")).hasSameBinaryContentAs(file);
        assertThat(found).isEqualTo(ref);
    }

    @Test
    void jsonComesBackAsTheValueItWas() {
        store.putJson(Buckets.BLOCKS, run + "/4.json", new Grid(128, 4, 18));

        assertThat(store.findJson(Buckets.BLOCKS, run + "/4.json", Grid.class)).contains(new Grid(128, 4, 18));
    }

    @Test
    void keysAreListedByPrefixInOrder() {
        store.put(Buckets.CROPS, run + "/b", new byte[0]);
        store.put(Buckets.CROPS, run + "/a", new byte[0]);
        store.put(Buckets.CROPS, run + "x/c", new byte[0]);

        assertThat(store.list(Buckets.CROPS, run + "/")).containsExactly(run + "/a", run + "/b");

        store.delete(Buckets.CROPS, run + "/a");
        assertThat(store.list(Buckets.CROPS, run + "/")).containsExactly(run + "/b");
    }

    @Test
    void aBucketThatDoesNotExistIsRefusedForGood() {
        assertThatThrownBy(() -> store.put("no-such-bucket", "key", new byte[] {1}))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("put no-such-bucket/key")
                .hasMessageContaining("NoSuchBucket");
        assertThatThrownBy(() -> store.get(new ObjectRef("no-such-bucket", "key", "0".repeat(64))))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void aKeyThatTheStoreCannotHoldIsRefusedForGoodThoughItSpeaksOfAnInternalError() {
        String tooLong = run + "/" + "x".repeat(300);

        assertThatThrownBy(() -> store.put(Buckets.BLOCKS, tooLong, new byte[] {1}))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(tooLong);
        assertThatThrownBy(() -> store.get(new ObjectRef(Buckets.BLOCKS, tooLong, "0".repeat(64))))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void aKeyThatNoClientSendsIsRefusedForGood() {
        for (String key : List.of("../escaped", "a/./b", "zero\0")) {
            assertThatThrownBy(() -> store.put(Buckets.BLOCKS, key, new byte[] {1}))
                    .isInstanceOf(StoreException.class);
        }
    }

    @Test
    void manyObjectsAreDeletedAtOnceWhetherTheyAreThereOrNot() {
        store.put(Buckets.CROPS, run + "/1", new byte[0]);
        store.put(Buckets.CROPS, run + "/2", new byte[0]);

        store.deleteAll(Buckets.CROPS, List.of(run + "/1", run + "/2", run + "/3"));

        assertThat(store.list(Buckets.CROPS, run + "/")).isEmpty();
    }
}
