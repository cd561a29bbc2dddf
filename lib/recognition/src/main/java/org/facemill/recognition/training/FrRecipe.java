package org.facemill.recognition.training;

import org.facemill.recognition.backbone.Backbone;
import org.facemill.recognition.backbone.Backbones;
import org.facemill.recognition.head.MarginHead;
import org.facemill.tensor.DType;

/**
 * How a recogniser is trained.
 *
 * @param backbone  name of the network, see {@link Backbones#named}
 * @param dropout   probability before the network's last layer
 * @param head      margin head
 * @param epochs    passes over the dataset, at most
 * @param batchSize images per step; incomplete batches are left out
 * @param schedule  learning rate by epoch
 * @param optimizer SGD's other settings
 * @param augment   random changes of training images
 * @param precision f32; or bf16, where the network computes with rounded copies of its weights, and batch norm's parameters, the
 *                  head and the optimizer stay f32. It pays on GPUs, and on processors that multiply bf16 matrices
 * @param seed      of initial weights, order, augmentation and dropout
 */
public record FrRecipe(
        String backbone,
        double dropout,
        MarginHead head,
        int epochs,
        int batchSize,
        Schedule schedule,
        Optimizer optimizer,
        Augment augment,
        DType precision,
        long seed) {

    /**
     * Stochastic gradient descent.
     *
     * @param momentum            0 to 1; both seeds use 0.9
     * @param weightDecay         L2 penalty; both seeds use 5e-4
     * @param decayNormalisation  whether it falls on batch norm and PReLU too, as in both seeds
     * @param clipNorm            largest norm of the gradients of backbone and head, each; 0 for no limit
     */
    public record Optimizer(double momentum, double weightDecay, boolean decayNormalisation, double clipNorm) {}

    /**
     * Random changes, in this order.
     *
     * @param flip       probability of mirroring
     * @param operations of RandAugment per image; 0 for none
     * @param magnitude  highest bin of RandAugment
     * @param crop       probability of a random resized crop
     */
    public record Augment(double flip, int operations, int magnitude, double crop) {}

    public FrRecipe {
        if (epochs < 1 || batchSize < 2) {
            throw new IllegalArgumentException("epochs: " + epochs + ", batchSize: " + batchSize
                    + ": wants at least one epoch and batches of at least 2, since batch norm needs a variance");
        }
        if (precision != DType.F32 && precision != DType.BF16) {
            throw new IllegalArgumentException("precision: " + precision + " given, expected f32 or bf16");
        }
    }

    /** The network. */
    public Backbone network() {
        return Backbones.named(backbone).dropout(dropout);
    }
}
