/**
 * Facemill on one machine: broker, store and services as child processes on ports of 127.0.0.1, with their state in one
 * folder.
 *
 * <p>Start reading at {@link org.facemill.cli.machine.Machine}. {@link org.facemill.cli.machine.Programs} defines what is
 * started and with which settings, {@link org.facemill.cli.machine.Supervisor} keeps it running. Knows the programs only by
 * their files and environment variables; imports no Kafka, no S3 client, no service.
 */
package org.facemill.cli.machine;
