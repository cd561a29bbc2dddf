package org.facemill.context.console;

/**
 * An event of a stream of the console.
 *
 * @param kind {@code runs}, {@code run}, {@code identities}, {@code history}, {@code evaluation} or {@code training}
 * @param json its data
 */
record StreamEvent(String kind, String json) {}
