/**
 * The {@code facemill} command. Start reading at {@link org.facemill.cli.Facemill}, which lists every subcommand.
 *
 * <ul>
 * <li>{@link org.facemill.cli.commands}: one class per subcommand. Commands on files call the libraries that the services
 *     use, too, and need neither Kafka nor S3.
 * <li>{@link org.facemill.cli.runs}: the client side of a running system: submits runs, follows them, fetches results.
 * <li>{@link org.facemill.cli.machine}: the system on one machine: broker, store and services as supervised processes.
 * <li>{@link org.facemill.cli.conformance}: holds a plug-in of a running system to the contract.
 * <li>{@link org.facemill.cli.doctor}: what can be wrong with a machine or on the way to a system.
 * <li>{@link org.facemill.cli.skeleton}: plug-ins to start from.
 * <li>{@link org.facemill.cli.output}: how every command talks: {@code --json}, progress, errors, exit codes.
 * </ul>
 *
 * {@code commands} may import all others; {@code machine} and {@code output} import none of them. {@code runs},
 * {@code conformance} and {@code doctor} know Kafka's and S3's clients.
 */
package org.facemill.cli;
