package org.facemill.torch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.facemill.tensor.DType;
import org.facemill.tensor.Tensor;

/** Copies tensors from files into libtorch through one direct buffer, converting their types there. */
final class Reader implements AutoCloseable {
    private final Parameters none = new Parameters("conversion");
    private final Map<Conversion, Network> conversions = new HashMap<>();
    private ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);

    private record Conversion(DType from, DType to) {

        /** From raw bytes, since DJL cannot create every type. */
        Graph record() {
            Recorder recorder = new Recorder(Recorder.Mode.INFERENCE);
            Value bytes = recorder.input("bytes");
            recorder.output("converted", recorder.op("torch.view", bytes, Recorder.named("dtype", from)).to(to));
            return recorder.finish(from + " to " + to);
        }
    }

    DeviceTensor read(Tensor tensor, DType dtype, Scope owner) {
        int size = Math.toIntExact(tensor.byteSize());
        if (buffer.capacity() < size) {
            buffer = ByteBuffer.allocateDirect(size);
        }
        buffer.clear().limit(size).order(ByteOrder.LITTLE_ENDIAN);
        tensor.read(0, buffer);
        buffer.flip();
        if (tensor.dtype() == dtype && dtype != DType.BF16) {
            return owner.create(buffer, dtype, tensor.shape());
        }
        Network conversion = conversions.computeIfAbsent(new Conversion(tensor.dtype(), dtype),
                pair -> Network.load(pair.record(), none));
        try (Scope scope = Scope.open()) {
            DeviceTensor converted = conversion.apply(scope, scope.create(buffer, DType.U8, size));
            return converted.reshaped(tensor.shape()).moveTo(owner);
        }
    }

    @Override
    public void close() {
        conversions.values().forEach(Network::close);
        none.close();
    }
}
