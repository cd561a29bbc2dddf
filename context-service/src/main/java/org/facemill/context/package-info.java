/**
 * Runs, their ledger, identity contexts.
 *
 * <p>Start at {@code ledger.Run}, which decides: what is issued next, which identities make the dataset, when a run is over.
 * {@link org.facemill.context.ledger.Ledger} keeps that in the database, one transaction a change, and what is to be said of
 * it in the same transaction. Changes come from {@code endpoint} (users), {@code listener} (the other services) and
 * {@code tasks} (time).
 *
 * <p>May import platform, contracts and tensor-io.
 */
package org.facemill.context;
