/**
 * The {@code facemill} command. Start reading at {@link org.facemill.cli.Facemill}: it names every subcommand.
 *
 * <p>System commands (demo, up, run, status, logs, stop) talk to a running system; {@code org.facemill.cli.machine} is that
 * system on one machine. The other commands work on files alone, by the libraries that the services use too; they import
 * neither {@code machine} nor anything of Kafka or S3.
 *
 * <h2>How a command is written</h2>
 * One class {@code XCommand} per command, plain Java around a library call:
 *
 * <pre>{@code
 * @Command(name = "paint", description = "Paint faces of given contexts with the parametric painter.")
 * final class PaintCommand implements Callable<Integer> {
 *     @Mixin Output output;
 *
 *     @Option(names = "--contexts", required = true, paramLabel = "FILE", description = "Identity contexts (.npy, .npz).")
 *     Path contexts;
 *
 *     @Option(names = "--images", paramLabel = "M", defaultValue = "16",
 *             description = "Images per identity (default: ${DEFAULT-VALUE}).")
 *     int images;
 *
 *     @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the identity folders.")
 *     Path out;
 *
 *     record Result(int identities, int images, double seconds, Path out) {}
 *
 *     public Integer call() throws IOException {
 *         output.require(images > 0, "--images must be at least 1, not " + images);     // bad usage: exit 2
 *         ...
 *         try (Progress progress = output.progress("paint", total, "images")) {
 *             ...
 *             progress.step();
 *         }
 *         output.result(new Result(...), "384 images of 24 identities in " + out);
 *         return 0;
 *     }
 * }
 * }</pre>
 *
 * <ul>
 * <li>Registered by its class in {@link org.facemill.cli.Facemill}'s list, in the order of the design.
 * <li>{@link org.facemill.cli.Output} is every command's mixin: {@code --json}, {@code --verbose} and {@code --help}; nothing
 *     prints to {@code System.out} or {@code System.err} but through it. {@code output.say} tells people what goes on
 *     (standard error); {@code output.result} is called once, at the end: its record becomes the one JSON object
 *     on the last line of standard output (camelCase names become lower_case), or its text is printed for people. The keys
 *     are the field's names: identities, images, failed, seconds, accuracy, eer, auc.
 * <li>{@link org.facemill.cli.Progress} shows rate and time left: a bar on a terminal, otherwise a line now and then.
 * <li>Errors that a user can cause are thrown: {@link org.facemill.cli.CommandException}, a library's own exception or an
 *     {@code IOException}, with a message that names the input, the expectation and the remedy. It is printed as one line,
 *     exit code 1; the stack trace comes with {@code --verbose} only. Wrong usage (a bad option, a number out of range) is
 *     exit code 2: picocli finds most of it, {@code output.require} the rest. Return 1 where the work ended and partly
 *     failed (a result is printed too), else 0.
 * <li>Options are lower case with hyphens and have a {@code paramLabel} in capitals; descriptions are sentences and
 *     name defaults. The folder for results is always {@code --out}, the model {@code --model NAME|DIR}, the seed
 *     {@code --seed}, threads {@code --threads}, the device {@code --device}.
 * <li>A test runs the command as a user does, in the JVM: {@code Run.facemill("paint", "--images", "4", ...)} of this
 *     package's tests returns exit code, standard output, standard error and the JSON result.
 * </ul>
 */
package org.facemill.cli;
