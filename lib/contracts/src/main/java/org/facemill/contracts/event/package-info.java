/** The events as records, and how they travel: start with {@link org.facemill.contracts.event.EventCodec}. */
package org.facemill.contracts.event;
