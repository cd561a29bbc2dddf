/**
 * One class {@code XCommand} per subcommand: options, and a call into a library or a running system.
 *
 * <pre>{@code
 * @Command(name = "paint", description = "Paint faces of given contexts with the parametric painter.")
 * public final class PaintCommand implements Callable<Integer> {
 *     @Mixin Output output;
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
 *         try (ProgressDisplay progress = output.progress("paint", total, "images")) {
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
 * <li>Commands are registered by class in {@link org.facemill.cli.Facemill}.
 * <li>All output goes through {@link org.facemill.cli.output.Output}: {@code say} informs people (standard error);
 *     {@code result} is called once, at the end: its record becomes the one JSON object on the last line of standard output
 *     (camelCase names become snake_case), or its text is printed. Keys are the field's names: identities, images, failed,
 *     seconds, accuracy, eer, auc.
 * <li>Errors that a user can cause are thrown as {@link org.facemill.cli.output.CommandException}, a library's own exception
 *     or an {@code IOException}; the message names the input, the expectation and the remedy. It is printed as one line, exit
 *     code 1; {@code --verbose} adds the stack trace. Bad usage (an unknown option, a number out of range) is exit code 2.
 *     Return 1 where work ended but partly failed (the result is printed, too), else 0.
 * <li>Options are lower case with hyphens and have a {@code paramLabel} in capitals; descriptions are sentences and
 *     name defaults. The folder for results is always {@code --out}, the model {@code --model NAME|DIR}, the seed
 *     {@code --seed}, threads {@code --threads}, the device {@code --device}.
 * <li>A test runs the command as a user does, in the JVM: {@code Run.facemill("paint", "--images", "4", ...)} returns exit
 *     code, standard output, standard error and the JSON result.
 * </ul>
 */
package org.facemill.cli.commands;
