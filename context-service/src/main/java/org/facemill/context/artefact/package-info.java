/** What was made and what it was made of, from the store: lists and downloads. Start at {@link org.facemill.context.artefact.ArtefactResource}. */
package org.facemill.context.artefact;
