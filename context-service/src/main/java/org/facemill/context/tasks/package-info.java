/** What a timer does. Each task reads its work from the ledger, so that a kill between any two loses nothing. */
package org.facemill.context.tasks;
