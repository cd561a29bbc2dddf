/**
 * The campaign against the whole system on this machine: start at {@link org.facemill.bench.chaos.Chaos}, which disturbs runs of
 * painted identities and holds their datasets against an undisturbed one.
 */
package org.facemill.bench.chaos;
