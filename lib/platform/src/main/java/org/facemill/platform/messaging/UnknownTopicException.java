package org.facemill.platform.messaging;

/** An event is to go to a topic that does not exist; nobody would read it. */
public final class UnknownTopicException extends RuntimeException {

    UnknownTopicException(String topic) {
        super("the topic " + topic + " does not exist; the worker that reads it creates it when it first starts");
    }
}
