/**
 * For services that speak HTTP: {@link org.facemill.platform.http.RunNames} names what is submitted,
 * {@link org.facemill.platform.http.ProblemMapper} makes problem+json of what is refused. Start at the latter.
 */
package org.facemill.platform.http;
