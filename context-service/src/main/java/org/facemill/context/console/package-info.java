/**
 * What the console, the pages under {@code META-INF/resources}, asks for beside runs: what changes as it changes, identities
 * and their pictures. Any program may ask for the same. Start at {@link org.facemill.context.console.RunFeed}.
 */
package org.facemill.context.console;
