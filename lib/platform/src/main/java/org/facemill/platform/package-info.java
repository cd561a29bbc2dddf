/**
 * What every service shares: the way of a record through it, the object store, events out, health, metrics, settings.
 * May import contracts, Quarkus, Kafka's and MinIO's clients; knows no network and no image.
 *
 * <p>A service is two classes and one file. The channel (see painter-sampler for the whole example):
 * <pre>{@code
 * @ApplicationScoped
 * class BlockChannel {
 *
 *     private final Stage stage;
 *     private final BlockAlignment alignment;
 *
 *     BlockChannel(Stage stage, ObjectStore store) {
 *         this.stage = stage;
 *         this.alignment = new BlockAlignment(store);
 *     }
 *
 *     @Incoming("raw-blocks")
 *     @Blocking(value = Stage.POOL, ordered = false)
 *     void consume(ConsumerRecord<String, byte[]> record) {
 *         stage.handle(record, RawBlock.class, alignment);
 *     }
 * }
 * }</pre>
 * The work, a {@link org.facemill.platform.Work}: looks whether its result is in the {@link org.facemill.platform.ObjectStore}
 * (its .json is written last), else makes and stores it; returns the {@link org.facemill.platform.Announcement}s. It throws
 * what is final; what can pass is waited out inside store and publisher. An identity that is discarded is an announcement
 * like any other. And application.properties:
 * <pre>{@code
 * quarkus.application.name=aligner
 * mp.messaging.incoming.raw-blocks.connector=smallrye-kafka
 * mp.messaging.incoming.raw-blocks.topic=facemill.raw-blocks.mtcnn
 * }</pre>
 * The name is the stage's in outcomes, dead letters and metrics, and the consumer group; a service with several channels
 * gives each its own {@code group.id}. All else has its default in META-INF/microprofile-config.properties. Outgoing
 * channels need no setting. {@link org.facemill.platform.Publisher} is for what is said before work is done, such as progress.
 *
 * <p>A service that speaks HTTP finds names for runs in {@link org.facemill.platform.RunNames}; what it refuses becomes
 * problem+json by itself ({@link org.facemill.platform.Problems}).
 *
 * <p>Work of hours is a job: see {@link org.facemill.platform.job}.
 *
 * <p>Start reading at {@link org.facemill.platform.Stage}. Tests of services get broker and store from
 * {@code org.facemill.platform.testing} in the test-jar.
 */
package org.facemill.platform;
