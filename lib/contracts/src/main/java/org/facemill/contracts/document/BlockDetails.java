package org.facemill.contracts.document;

import org.facemill.contracts.Grid;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.event.Origin;

/**
 * What lies beside a raw block, as its commit mark: enough to announce it again.
 *
 * @param block  PNG of the grid
 * @param grid   how images lie in it
 * @param origin who made the images, and how
 */
public record BlockDetails(ObjectRef block, Grid grid, Origin origin) {}
