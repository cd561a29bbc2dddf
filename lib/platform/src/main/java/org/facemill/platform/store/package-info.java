/**
 * The object store: bytes, files and JSON by bucket and key, over any S3. Start at
 * {@link org.facemill.platform.store.ObjectStore}; what it throws is final.
 */
package org.facemill.platform.store;
