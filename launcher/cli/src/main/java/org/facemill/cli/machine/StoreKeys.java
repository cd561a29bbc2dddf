package org.facemill.cli.machine;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.facemill.contracts.Json;

/**
 * The key pair of the embedded object store: made at random for a state folder's first start, kept there for its owner alone.
 *
 * @param secretKey 256 bits
 */
record StoreKeys(String accessKey, String secretKey) {

    private static final int ACCESS_BYTES = 8;
    private static final int SECRET_BYTES = 32;

    /** Those of a state folder. */
    static StoreKeys of(State state) throws IOException {
        Path file = state.storeKeys();
        if (!Files.exists(file)) {
            SecureRandom random = new SecureRandom();
            StoreKeys keys = new StoreKeys(random(random, ACCESS_BYTES), random(random, SECRET_BYTES));
            PrivateFile.write(file, Json.MAPPER.writeValueAsBytes(keys));
        }
        try {
            return Json.MAPPER.readValue(Files.readAllBytes(file), StoreKeys.class);
        } catch (JsonProcessingException e) {
            throw new MachineException(file + ": holds no key pair; delete it, and the next start makes another", e);
        }
    }

    private static String random(SecureRandom random, int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }
}
