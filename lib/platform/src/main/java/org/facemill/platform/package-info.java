/**
 * What every service shares, and how one is written. May import contracts, Quarkus, Kafka's and MinIO's clients; knows no
 * network and no image.
 *
 * <p>A service is two classes and one file. The channel (painter-sampler is the complete example):
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
 * The work, a {@link org.facemill.platform.messaging.Work}: looks for its result in the
 * {@link org.facemill.platform.store.ObjectStore} (its .json is written last), otherwise makes and stores it; returns the
 * {@link org.facemill.platform.messaging.Announcement}s. It throws what is final; transient failures are retried inside store
 * and publisher. A discarded identity is an announcement like any other. And application.properties:
 * <pre>{@code
 * quarkus.application.name=aligner
 * mp.messaging.incoming.raw-blocks.connector=smallrye-kafka
 * mp.messaging.incoming.raw-blocks.topic=facemill.raw-blocks.mtcnn
 * }</pre>
 * The name is the stage's in outcomes, dead letters and metrics, and the consumer group; a service with several channels
 * gives each its own {@code group.id}. Everything else has its default in META-INF/microprofile-config.properties. Outgoing
 * channels need no setting.
 *
 * <p>The rooms: {@link org.facemill.platform.messaging} (start reading at its Stage), {@link org.facemill.platform.store},
 * {@link org.facemill.platform.health}, {@link org.facemill.platform.http} for services that speak HTTP, and
 * {@link org.facemill.platform.job} for work of hours. Tests of services get broker and store from
 * {@code org.facemill.platform.testing} in the test-jar.
 */
package org.facemill.platform;
