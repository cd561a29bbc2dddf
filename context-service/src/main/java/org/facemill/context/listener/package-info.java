/** The other services' events. Start at {@code PipelineListener}. */
package org.facemill.context.listener;
