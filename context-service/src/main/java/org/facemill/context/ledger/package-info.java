/** The ledger: runs, identities, versions of datasets and the outbox, in a relational database. Start at {@code Run}, which decides, and {@link org.facemill.context.ledger.Ledger}, which is what others call. */
package org.facemill.context.ledger;
