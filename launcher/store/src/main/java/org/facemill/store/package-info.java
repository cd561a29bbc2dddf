/**
 * A real S3-compatible server on one machine, in a process and on a class path of its own: start
 * {@code java -cp 'target/lib/*' org.facemill.store.StoreMain DIR PORT}. Knows S3Proxy alone, nothing of Facemill.
 */
package org.facemill.store;
