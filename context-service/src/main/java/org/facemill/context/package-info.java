/**
 * Runs, their ledger, identity contexts.
 *
 * <p>Start at {@link org.facemill.context.Run}, which decides: what is issued next, which identities make the dataset, when
 * a run is over. {@link org.facemill.context.Ledger} keeps that in the database, one transaction a change, and what is to be
 * said of it in the same transaction. Changes come from {@link org.facemill.context.RunResource} (users),
 * {@link org.facemill.context.HappeningsChannel} (other services) and {@link org.facemill.context.Clockwork} (time).
 *
 * <p>May import platform, contracts and tensor-io.
 */
package org.facemill.context;
