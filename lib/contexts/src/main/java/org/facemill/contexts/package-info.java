/**
 * Where identity contexts come from. Start at {@link org.facemill.contexts.ContextSource}; the sources are registered in
 * {@link org.facemill.contexts.ContextSources}, for the service that issues identities and for commands alike.
 */
package org.facemill.contexts;
