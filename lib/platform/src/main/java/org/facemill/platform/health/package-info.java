/**
 * How a service stays up and reports its health: outages of other systems are waited out by
 * {@link org.facemill.platform.health.Retrier}, work in flight is watched by {@link org.facemill.platform.health.WorkMonitor}.
 * Start at the first. Knows neither store nor broker; their own packages report their readiness.
 */
package org.facemill.platform.health;
