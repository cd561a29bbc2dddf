package org.facemill.torch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.facemill.tensor.DType;
import org.facemill.tensor.Tensor;

/** Copies tensors from files into libtorch through one direct buffer, converting their types there. */
final class TensorLoader implements AutoCloseable {
    private final Parameters none = new Parameters("conversion");
    private final Map<Conversion, Network> conversions = new HashMap<>();
    private ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);

    /** Packing drops dimensions of length 1 behind the second. */
    private record Conversion(DType dtype, Layout layout, boolean length1) {
        Graph graph() {
            Recorder recorder = new Recorder(Recorder.Mode.INFERENCE);
            Value converted = recorder.input("x").to(dtype);
            recorder.output("converted", recorder.laidOut(length1 ? converted.squeeze(-1) : converted, layout));
            return recorder.finish("conversion");
        }
    }

    /** A tensor of a file as the declaration wants it; its shape has been checked. */
    DeviceTensor read(Tensor tensor, Declaration declaration, Scope owner) {
        DType read = tensor.dtype() == DType.BF16 ? readWidened(tensor) : readAsIs(tensor);
        if (read == declaration.dtype() && declaration.layout() == Layout.PLAIN) {
            return owner.create(buffer, read, tensor.shape());
        }
        try (Scope scope = Scope.open()) {
            Conversion wanted = new Conversion(
                    declaration.dtype(),
                    declaration.layout(),
                    declaration.layout().packed() && tensor.shape().length == 3);
            Network conversion = conversions.computeIfAbsent(wanted, key -> Network.load(key.graph(), none));
            return conversion
                    .apply(scope, scope.create(buffer, read, tensor.shape()))
                    .moveTo(owner);
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

    @Override
    public void close() {
        conversions.values().forEach(Network::close);
        none.close();
    }
}
