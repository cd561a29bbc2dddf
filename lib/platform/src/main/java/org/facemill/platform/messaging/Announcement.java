package org.facemill.platform.messaging;

import org.facemill.contracts.event.Event;

/**
 * An event on its way.
 *
 * @param topic where it goes
 * @param event what it says
 */
public record Announcement(String topic, Event event) {}
