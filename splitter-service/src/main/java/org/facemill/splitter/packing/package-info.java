/** Complete identities to datasets. Start at {@link org.facemill.splitter.packing.DatasetPacking}. */
package org.facemill.splitter.packing;
