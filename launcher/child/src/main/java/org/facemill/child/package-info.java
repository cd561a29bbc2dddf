/**
 * How every child process of the launcher is started: {@code java -cp facemill-child.jar:... org.facemill.child.ParentWatch
 * MAIN ARGUMENTS}. One class, {@link org.facemill.child.ParentWatch}; it imports the JDK alone, because it shares the class
 * path of foreign programs. No Java agent, because a JVM with one does not archive its classes.
 */
package org.facemill.child;
