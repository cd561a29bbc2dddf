/**
 * What the parts of Facemill say to each other, and all that the author of a plug-in may rely on. Imports nothing of
 * Facemill; needs no Kafka, no Quarkus.
 *
 * <p>Start with {@link org.facemill.contracts.event.EventType} for the events, {@link org.facemill.contracts.Topics} for
 * where they flow, {@link org.facemill.contracts.Buckets} for where large things lie. The same for readers of other
 * languages: {@code asyncapi.yaml} and {@code schemas/*.json} beside the classes, and the page {@code docs/contract.md}, which
 * answers what an author asks.
 *
 * <h2>Guarantees</h2>
 * <ol>
 * <li><b>Self-contained.</b> An event holds or refers to all that its work needs; no other service need be asked.
 * <li><b>At least once.</b> Every event arrives, some more than once. An event made again has the same {@code ce_id}.
 * <li><b>No order.</b> Events of one identity share a key and so a partition; nothing else about order is promised.
 * <li><b>Stored before announced.</b> What an event refers to is in the store, whole, before the event is sent.
 * <li><b>Announced before acknowledged.</b> A record is acknowledged after the broker has accepted all events that its
 * work gave; a worker may die at any moment in between, and the record comes again.
 * <li><b>Keys are functions.</b> The key of an object depends on run, ordinal and stage alone, and work done twice
 * stores the same; of several objects the .json is written last. A stage that finds its result announces it again.
 * <li><b>An identity ends.</b> Each ordinal that was issued becomes complete, discarded, failed, surplus or cancelled;
 * what is silent past its deadline is announced again with a higher {@code attempt}, and fails after the third.
 * <li><b>Evolution.</b> A type may be given more fields, and a field more values that only a newer recipe asks for; fields
 * that a reader does not know are to be ignored. No field is taken away, renamed, or changed in type, range or meaning, and none
 * becomes required of senders: that is a new type, {@code .v2}, on a topic of its own.
 * </ol>
 *
 * <h2>What is asked of a plug-in</h2>
 * <ol>
 * <li>Consume your own topic ({@code identity-contexts.<sampler>} or {@code raw-blocks.<aligner>}) in one consumer group.
 * <li>Hand on run, ordinal, attempt and the sections for later stages as they came, and the trace context and extensions of
 * the record's headers; write a valid event with all headers to the event's {@code next_topic} with its key, and give the
 * result the way that is left: its {@code next_topic} is the first of {@code later_topics}.
 * <li>Draw noise from {@link org.facemill.contracts.Noise} alone, or say in the origin's {@code device} on what the bytes
 * depend.
 * <li>What cannot pass by waiting: send an {@link org.facemill.contracts.event.IdentityOutcome} with outcome failed, put the
 * record into {@code facemill.dead-letters.<stage>}, then acknowledge.
 * <li>A sampler that works with a network takes the model that the context names, a folder of the models bucket, and fails
 * the identity where it names none; one that needs no model expects none.
 * <li>Drop work of runs that {@code facemill.runs} shows as failed or cancelled.
 * </ol>
 */
package org.facemill.contracts;
