/**
 * What every child process of the launcher is given: {@code -javaagent:facemill-child.jar}. One class,
 * {@link org.facemill.child.ParentWatch}; it imports the JDK alone, because it shares the class path of foreign programs.
 */
package org.facemill.child;
