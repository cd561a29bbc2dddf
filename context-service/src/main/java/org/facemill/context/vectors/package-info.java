/** Where the contexts of a run's identities come from. Start at {@link org.facemill.context.vectors.ContextVectors}. */
package org.facemill.context.vectors;
