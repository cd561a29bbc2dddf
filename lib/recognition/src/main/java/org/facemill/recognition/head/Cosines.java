package org.facemill.recognition.head;

import org.facemill.torch.Recorder;
import org.facemill.torch.Value;

/**
 * What every head starts from.
 *
 * @param all    [N,classes], -1 to 1
 * @param right  BOOL [N,classes]: true at each image's class, nowhere in the row of an image of no class
 * @param target [N,1]: cosine to the image's own class (to class 0 for an image of no class)
 * @param norms  [N,1]: Euclidean norm of the embeddings, without gradient
 */
public record Cosines(Value all, Value right, Value target, Value norms) {

    /** Keeps the root's gradient finite where the cosine is 1 or -1; far below the spacing of float32 there. */
    private static final double TINY = 1e-14;

    static Cosines of(Recorder recorder, Value embeddings, Value kernel, Value labels, int classes) {
        Value all = embeddings.normalize(1).matmul(kernel.normalize(0)).clamp(-1, 1);
        Value column = labels.unsqueeze(1);
        Value right = column.eq(recorder.range(classes, column));
        return new Cosines(
                all,
                right,
                all.gather(1, recorder.op("torch.clamp", column, 0)),
                embeddings.detach().norm(1, true));
    }

    /** All cosines, with the right class's replaced by {@code value} [N,1]. */
    Value withTarget(Value value) {
        return right.where(value, all);
    }

    /** {@code cos(acos(target) + margin)} by the addition theorem, whose gradient is finite everywhere; [N,1]. */
    Value targetPlus(double margin) {
        return target.mul(Math.cos(margin)).sub(sine().mul(Math.sin(margin)));
    }

    /** The same for a margin per image, [N,1]. */
    Value targetPlus(Value margin) {
        return target.mul(margin.cos()).sub(sine().mul(margin.sin()));
    }

    /**
     * {@link #targetPlus(double)} up to the angle at which it would turn round, a straight line beyond; [N,1].
     */
    Value targetPlusMonotone(double margin) {
        Value beyond = target.sub(Math.sin(Math.PI - margin) * margin);
        return target.gt(Math.cos(Math.PI - margin)).where(targetPlus(margin), beyond);
    }

    private Value sine() {
        return target.square().neg().add(1).clamp(TINY, 1).sqrt();
    }
}
