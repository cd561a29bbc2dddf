/**
 * Networks written in Java, recorded to TorchScript, run and trained by libtorch. The one place that knows DJL and its
 * pitfalls; imports lib/tensor-io only.
 *
 * <p>A computation is Java code that runs once against a {@link org.facemill.torch.Recorder}. What it wrote down is a
 * {@link org.facemill.torch.Graph}; bound to {@link org.facemill.torch.Parameters} it is a
 * {@link org.facemill.torch.Network}, and one call runs all of it natively:
 *
 * <pre>{@code
 * Recorder recorder = new Recorder(Recorder.Mode.INFERENCE);
 * Layers layers = new Layers(recorder).at("stem");
 * Value x = recorder.input("x");                                              // [N,3,H,W]
 * Value h = layers.conv2d("conv", x, Conv.of(3, 64, 3).padding(1));           // stem.conv.weight, stem.conv.bias
 * recorder.output("features", layers.groupNorm("norm", h, 32, 64, 1e-5).silu());
 * Graph graph = recorder.finish("stem");
 *
 * try (Parameters parameters = Parameters.load(graph, Path.of("stem.safetensors"));   // or Parameters.initialise(graph, 1)
 *         Network network = Network.load(graph, parameters);
 *         Scope scope = Scope.open()) {
 *     DeviceTensor images = scope.floats(pixels, 8, 3, 112, 112);
 *     float[] features = network.apply(scope, images).floats();
 * }
 * }</pre>
 *
 * <p>Training is one script too: forward, {@link org.facemill.torch.Gradients}, update by
 * {@link org.facemill.torch.Optimizers}. Recorded in training mode, run like any network:
 *
 * <pre>{@code
 * Recorder recorder = new Recorder(Recorder.Mode.TRAINING);
 * Value loss = recorder.mse(net(new Layers(recorder), recorder.input("x")), recorder.input("target"));
 * Gradients gradients = Gradients.of(recorder, loss);
 * recorder.output("norm", gradients.clip(5));
 * Optimizers.adam(gradients, recorder.input("lr"));
 * recorder.output("loss", loss.detach());
 * }</pre>
 *
 * Weights and optimizer state change in place inside the {@code Parameters}; saving those saves everything.
 */
package org.facemill.torch;
