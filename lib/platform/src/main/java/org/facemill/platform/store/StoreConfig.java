package org.facemill.platform.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where the object store is: any server that speaks S3. */
@ConfigMapping(prefix = "facemill.store")
public interface StoreConfig {

    /** Root of the server, such as {@code http://127.0.0.1:9000}. */
    URI url();

    /** Access key that requests are signed with. */
    String accessKey();

    /** Secret key that requests are signed with. */
    String secretKey();

    /** Region that requests are signed for; servers of one's own take any. */
    @WithDefault("us-east-1")
    String region();

    /** Written before every bucket's name, so that several installations can share one server, such as {@code team-a-}. */
    Optional<String> bucketPrefix();

    /** A request without an answer for so long is sent again. */
    @WithDefault("1M")
    Duration timeout();
}
