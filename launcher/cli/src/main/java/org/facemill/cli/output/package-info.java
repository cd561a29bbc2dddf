/**
 * How every command talks to people and scripts. {@link org.facemill.cli.output.Output} is every command's mixin,
 * {@link org.facemill.cli.output.ProgressDisplay} shows progress, {@link org.facemill.cli.output.Errors} turns exceptions into
 * one line and an exit code.
 */
package org.facemill.cli.output;
