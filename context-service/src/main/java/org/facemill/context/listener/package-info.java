/** What the other services say. Start at {@code PipelineListener}. */
package org.facemill.context.listener;
