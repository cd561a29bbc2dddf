/**
 * Records in, events out. Start at {@link org.facemill.platform.messaging.Stage}, the way of every record through a service;
 * {@link org.facemill.platform.messaging.RecordDecoder} is the border where records become events,
 * {@link org.facemill.platform.messaging.Publisher} sends them, {@link org.facemill.platform.messaging.DeadLetters} takes what
 * cannot be worked on, {@link org.facemill.platform.messaging.RunRegistry} knows the runs.
 */
package org.facemill.platform.messaging;
