/**
 * Holds a running plug-in to the contract: speaks to it by its topic alone, in runs of its own, and sees what comes of it.
 *
 * <p>Start reading at {@link org.facemill.cli.conformance.Examination}. {@link org.facemill.cli.conformance.Check} is what is
 * checked, each with the sentence of the contract that asks for it; a {@link org.facemill.cli.conformance.Workpiece} knows
 * what a kind of plug-in is given and what should come of it; {@link org.facemill.cli.conformance.Malformations} are the
 * records that nobody can work on.
 */
package org.facemill.cli.conformance;
