package org.facemill.datasets;

/**
 * An identity of a dataset.
 *
 * @param label its class number
 * @param name what it was called where it comes from: a folder, a context
 * @param images how many images it has
 */
public record Identity(int label, String name, int images) {}
