/** Runs over HTTP. Start at {@link org.facemill.context.endpoint.RunResource}. */
package org.facemill.context.endpoint;
