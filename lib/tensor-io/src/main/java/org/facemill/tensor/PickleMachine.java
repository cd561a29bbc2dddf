package org.facemill.tensor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.Unpickler;

/**
 * Pickle's stack machine, cut down to the opcodes that checkpoints and arrays use. Of the library it keeps the opcodes
 * that push plain data; everything that names, calls or builds something goes through {@link PickleGlobals}.
 */
final class PickleMachine extends Unpickler {
    /** An empty container costs one opcode and some 60 bytes, so this bounds what a small file can occupy. */
    private static final int MAX_OPCODES = 10_000_000;

    private static final int MAX_NAME = 256;

    private final String file;
    private final ByteBuffer pickle;
    private final Map<String, TorchStorage> storages = new LinkedHashMap<>();
    private int opcodes;

    /** Reads from {@code pickle}'s position and leaves it behind the object. */
    PickleMachine(String file, ByteBuffer pickle) {
        this.file = file;
        this.pickle = pickle.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The next object, tensors and arrays still unresolved. */
    Object load() throws IOException {
        try {
            return load(new BufferInput(pickle));
        } catch (RuntimeException e) {
            throw malformed(e.toString(), e);
        } catch (TensorFormatException e) {
            throw e;
        } catch (IOException e) {
            throw malformed("it ends too early", e);
        }
    }

    /** The storages that the object refers to, in order of appearance. */
    Map<String, TorchStorage> storages() {
        return storages;
    }

    @Override
    protected Object dispatch(short opcode) throws IOException {
        if (++opcodes > MAX_OPCODES) {
            throw new TensorFormatException(
                    file,
                    "the pickle has more than " + MAX_OPCODES
                            + " instructions; store so many arrays as one array, or as .safetensors");
        }
        switch (opcode) {
            case Opcodes.PROTO,
                    Opcodes.FRAME,
                    Opcodes.STOP,
                    Opcodes.MARK,
                    Opcodes.POP,
                    Opcodes.POP_MARK,
                    Opcodes.DUP,
                    Opcodes.BININT,
                    Opcodes.BININT1,
                    Opcodes.BININT2,
                    Opcodes.BINFLOAT,
                    Opcodes.NONE,
                    Opcodes.NEWTRUE,
                    Opcodes.NEWFALSE,
                    Opcodes.EMPTY_LIST,
                    Opcodes.APPEND,
                    Opcodes.APPENDS,
                    Opcodes.EMPTY_TUPLE,
                    Opcodes.TUPLE,
                    Opcodes.TUPLE1,
                    Opcodes.TUPLE2,
                    Opcodes.TUPLE3,
                    Opcodes.BINPUT,
                    Opcodes.LONG_BINPUT,
                    Opcodes.BINGET,
                    Opcodes.LONG_BINGET,
                    Opcodes.MEMOIZE,
                    Opcodes.BINPERSID -> {
                return super.dispatch(opcode);
            }
            case Opcodes.SHORT_BINSTRING, Opcodes.SHORT_BINBYTES, Opcodes.SHORT_BINUNICODE, Opcodes.LONG1 -> {
                return withLength(opcode, pickle.get(pickle.position()) & 0xFF);
            }
            case Opcodes.BINSTRING, Opcodes.BINBYTES, Opcodes.BINUNICODE, Opcodes.LONG4 -> {
                return withLength(opcode, pickle.getInt(pickle.position()));
            }
            case Opcodes.BINUNICODE8, Opcodes.BINBYTES8, Opcodes.BYTEARRAY8 -> {
                return withLength(opcode, pickle.getLong(pickle.position()));
            }
            case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<>());
            case Opcodes.SETITEM -> {
                Object value = stack.pop();
                put(stack.pop(), value);
            }
            case Opcodes.SETITEMS -> putAll(stack.pop_all_since_marker());
            case Opcodes.INT, Opcodes.LONG, Opcodes.FLOAT, Opcodes.STRING, Opcodes.UNICODE -> stack.add(text(opcode));
            case Opcodes.LIST -> stack.add(new ArrayList<>(stack.pop_all_since_marker()));
            case Opcodes.DICT -> {
                List<Object> items = stack.pop_all_since_marker();
                stack.add(new LinkedHashMap<>());
                putAll(items);
            }
            case Opcodes.PUT -> memo.put(Integer.parseInt(shortLine()), stack.peek());
            case Opcodes.GET -> {
                int number = Integer.parseInt(shortLine());
                if (!memo.containsKey(number)) {
                    throw malformed("an object is used that was not stored", null);
                }
                stack.add(memo.get(number));
            }
            case Opcodes.GLOBAL -> stack.add(PickleGlobals.find(file, shortLine(), shortLine()));
            case Opcodes.STACK_GLOBAL -> {
                String name = (String) stack.pop();
                stack.add(PickleGlobals.find(file, (String) stack.pop(), name));
            }
            case Opcodes.REDUCE -> {
                Object[] arguments = (Object[]) stack.pop();
                stack.add(((PickleGlobals.Global) stack.pop()).call(file, arguments));
            }
            case Opcodes.BUILD -> build(stack.pop());
            default ->
                throw new TensorFormatException(
                        file,
                        String.format(
                                "the pickle instruction 0x%02x is none that "
                                        + "checkpoints and arrays need; refused, nothing was run",
                                opcode));
        }
        return NO_RETURN_VALUE;
    }

    /** Lets the library read the text, bytes or integer that follow, once it is sure that they are there. */
    private Object withLength(short opcode, long length) throws IOException {
        if (length < 0 || length > pickle.remaining()) {
            throw malformed("a value of " + length + " bytes is announced, " + pickle.remaining() + " are left", null);
        }
        return super.dispatch(opcode);
    }

    private Object text(short opcode) throws TensorFormatException {
        if (opcode == Opcodes.UNICODE) {
            return PickleText.unicode(line());
        }
        String line = new String(line(), StandardCharsets.ISO_8859_1);
        return switch (opcode) {
            case Opcodes.INT -> PickleText.integer(line);
            case Opcodes.LONG -> PickleText.number(line);
            case Opcodes.FLOAT -> PickleText.real(line);
            default -> PickleText.string(line);
        };
    }

    private void putAll(List<Object> items) throws IOException {
        for (int i = 0; i < items.size(); i += 2) {
            put(items.get(i), items.get(i + 1));
        }
    }

    /** Keys are plain values or numpy's scalars: hashing a container that holds itself would never end. */
    private void put(Object key, Object value) throws IOException {
        Object plain = key instanceof NumpyArray array && array.isScalar() ? array.value(file) : key;
        if (!(plain instanceof String || plain instanceof Number || plain instanceof Boolean)) {
            throw new TensorFormatException(
                    file, "a dictionary key is " + kind(plain) + ", neither text nor number; refused");
        }
        @SuppressWarnings("unchecked")
        Map<Object, Object> map = (Map<Object, Object>) stack.peek();
        map.put(plain, value);
    }

    private static String kind(Object key) {
        if (key == null) {
            return "None";
        }
        if (key instanceof Object[]) {
            return "a tuple";
        }
        return key instanceof byte[] ? "bytes" : "an object";
    }

    /** Sets the state of what was constructed before; Python would call its {@code __setstate__}. */
    private void build(Object state) throws TensorFormatException {
        Object target = stack.peek();
        if (target instanceof NumpyDtype dtype) {
            dtype.setState((Object[]) state);
        } else if (target instanceof NumpyArray array) {
            array.setState((Object[]) state);
        } else if (!(target instanceof Map)) { // an OrderedDict's attributes (_metadata) describe modules, not tensors
            throw malformed("state for an object that has none", null);
        }
    }

    /** ("storage", type, key, device, elements) in zip files; legacy files add a view, which nothing writes any more. */
    @Override
    protected Object persistentLoad(Object id) {
        Object[] parts = (Object[]) id;
        TorchStorage storage =
                TorchStorage.of((PickleGlobals.Global) parts[1], (String) parts[2], ((Number) parts[4]).longValue());
        if (!"storage".equals(parts[0]) || parts.length > 5 && parts[5] != null) {
            throw new IllegalArgumentException("unknown kind of persistent id");
        }
        storages.putIfAbsent(storage.key(), storage);
        return storage;
    }

    /** A name or number. */
    private String shortLine() throws TensorFormatException {
        byte[] line = line();
        if (line.length > MAX_NAME) {
            throw malformed("a name of " + line.length + " characters", null);
        }
        return new String(line, StandardCharsets.ISO_8859_1);
    }

    /** What comes before the next line break, which is passed over. */
    private byte[] line() throws TensorFormatException {
        int end = pickle.position();
        while (end < pickle.limit() && pickle.get(end) != '\n') {
            end++;
        }
        if (end == pickle.limit()) {
            throw malformed("it ends within a line", null);
        }
        byte[] line = new byte[end - pickle.position()];
        pickle.get(line).get();
        return line;
    }

    private TensorFormatException malformed(String problem, Throwable cause) {
        return new TensorFormatException(
                file,
                "malformed pickle at byte " + pickle.position() + ": " + problem + "; is the file truncated?",
                cause);
    }

    /** The library reads from a stream. */
    private static final class BufferInput extends InputStream {
        private final ByteBuffer buffer;

        BufferInput(ByteBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public int read() {
            return buffer.hasRemaining() ? buffer.get() & 0xFF : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int n = Math.min(length, buffer.remaining());
            buffer.get(into, offset, n);
            return n == 0 && length > 0 ? -1 : n;
        }
    }
}
