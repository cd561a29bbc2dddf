/**
 * The {@code facemill} command. Start reading at {@link org.facemill.cli.Facemill}, which lists every subcommand.
 *
 * <ul>
 * <li>{@link org.facemill.cli.commands}: one class per subcommand. Commands on files call the libraries that the services
 *     use, too, and need neither Kafka nor S3.
 * <li>{@link org.facemill.cli.runs}: the client side of a running system: submits runs, follows them, fetches results.
 * <li>{@link org.facemill.cli.machine}: the system on one machine: broker, store and services as supervised processes.
 * <li>{@link org.facemill.cli.output}: how every command talks: {@code --json}, progress, errors, exit codes.
 * </ul>
 *
 * {@code commands} may import the other three, {@code runs} imports {@code output} and {@code machine}'s endpoints, and is the one that knows Kafka's and S3's clients;
 * {@code machine} and {@code output} import none of them.
 */
package org.facemill.cli;
