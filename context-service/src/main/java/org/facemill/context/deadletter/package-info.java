/** Records that stages could not work on: listed, shown, sent again, dismissed. Start at {@link org.facemill.context.deadletter.DeadLetterBox}. */
package org.facemill.context.deadletter;
