/** Plug-ins to start from: the project's examples, carried along as resources. Start at {@link org.facemill.cli.skeleton.Skeleton}. */
package org.facemill.cli.skeleton;
