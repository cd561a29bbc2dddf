/**
 * What {@code train-ldm} does: a recipe, its training pictures, and the stages from both to a model folder. Start with
 * {@link org.facemill.cli.ldm.LdmProject}.
 */
package org.facemill.cli.ldm;
