package org.facemill.context.console;

/**
 * Something that those who watch are told.
 *
 * @param kind {@code runs}, {@code run}, {@code identities}, {@code history}, {@code evaluation} or {@code training}
 * @param json what it is about
 */
record Told(String kind, String json) {}
