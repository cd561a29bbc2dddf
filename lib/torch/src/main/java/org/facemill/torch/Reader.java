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
    private final Map<DType, Network> conversions = new HashMap<>();
    private ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);

    DeviceTensor read(Tensor tensor, DType wanted, Scope owner) {
        DType read = tensor.dtype() == DType.BF16 ? readWidened(tensor) : readAsIs(tensor);
        if (read == wanted) {
            return owner.create(buffer, wanted, tensor.shape());
        }
        try (Scope scope = Scope.open()) {
            Network conversion = conversions.computeIfAbsent(wanted, this::conversion);
            return conversion.apply(scope, scope.create(buffer, read, tensor.shape())).moveTo(owner);
        }
    }

    private DType readAsIs(Tensor tensor) {
        tensor.read(0, prepare(tensor.byteSize()));
        buffer.flip();
        return tensor.dtype();
    }

    /** DJL cannot create bfloat16; as float32 it is the same bits with 16 zeros behind. */
    private DType readWidened(Tensor tensor) {
        ByteBuffer narrow = tensor.bytes();
        prepare(2 * tensor.byteSize());
        while (narrow.hasRemaining()) {
            buffer.putInt(narrow.getShort() << 16);
        }
        buffer.flip();
        return DType.F32;
    }

    private ByteBuffer prepare(long bytes) {
        if (buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
        }
        return buffer.clear().limit((int) bytes);
    }

    private Network conversion(DType wanted) {
        Recorder recorder = new Recorder(Recorder.Mode.INFERENCE);
        recorder.output("converted", recorder.input("x").to(wanted));
        return Network.load(recorder.finish("conversion"), none);
    }

    @Override
    public void close() {
        conversions.values().forEach(Network::close);
        none.close();
    }
}
