package org.facemill.tensor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The safetensors format (huggingface.co/docs/safetensors): length, JSON header, then the data without gaps. */
public final class Safetensors {
    private static final int MAX_HEADER = 100_000_000;
    private static final String METADATA = "__metadata__";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Safetensors() {}

    private record Entry(String name, DType dtype, long[] shape, long begin, long end) {}

    static TensorFile.Content content(String file, Bytes bytes) throws IOException {
        ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.read(0, length);
        long headerSize = length.getLong(0);
        if (headerSize < 2 || headerSize > MAX_HEADER || headerSize > bytes.size() - 8) {
            throw new TensorFormatException(
                    file,
                    "safetensors header of " + Long.toUnsignedString(headerSize) + " bytes in a file of " + bytes.size()
                            + "; is the file truncated or of another format?");
        }
        ByteBuffer text = ByteBuffer.allocate((int) headerSize);
        bytes.read(8, text);
        Map<String, Object> metadata = new LinkedHashMap<>();
        List<Entry> entries = entries(file, header(file, text.array()), metadata);
        Bytes data = bytes.slice(8 + headerSize, bytes.size() - 8 - headerSize);
        checkCover(file, entries, data.size());
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Entry e : entries) {
            tensors.put(e.name, new Tensor(e.dtype, e.shape, data.slice(e.begin, e.end - e.begin)));
        }
        return new TensorFile.Content(TensorFile.Format.SAFETENSORS, tensors, metadata);
    }

    private static JsonNode header(String file, byte[] text) throws TensorFormatException {
        try {
            JsonNode header = JSON.readTree(new String(text, StandardCharsets.UTF_8));
            if (header.isObject()) {
                return header;
            }
            throw new TensorFormatException(file, "safetensors header is no JSON object");
        } catch (JsonProcessingException e) {
            throw new TensorFormatException(file, "safetensors header: " + e.getOriginalMessage(), e);
        }
    }

    private static List<Entry> entries(String file, JsonNode header, Map<String, Object> metadata) throws IOException {
        header.path(METADATA)
                .properties()
                .forEach(m -> metadata.put(m.getKey(), m.getValue().asText()));
        var entries = new ArrayList<Entry>();
        for (var field : header.properties()) {
            if (!field.getKey().equals(METADATA)) {
                entries.add(entry(file, field.getKey(), field.getValue()));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::begin));
        return entries;
    }

    private static Entry entry(String file, String name, JsonNode node) throws IOException {
        String type = node.path("dtype").asText();
        DType dtype = Arrays.stream(DType.values())
                .filter(d -> d.name().equals(type))
                .findFirst()
                .orElseThrow(() -> new TensorFormatException(
                        file,
                        "`" + name + "` has the element type '" + type + "', none of "
                                + Arrays.toString(DType.values())));
        try {
            long[] shape = integers(node.path("shape"));
            long[] span = integers(node.path("data_offsets"));
            if (span.length != 2
                    || span[0] < 0
                    || span[1] - span[0] != Math.multiplyExact(Tensor.elements(shape), dtype.size())) {
                throw new TensorFormatException(
                        file,
                        "`" + name + "`: the span " + Arrays.toString(span) + " does not fit " + dtype
                                + Arrays.toString(shape));
            }
            return new Entry(name, dtype, shape, span[0], span[1]);
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new TensorFormatException(file, "`" + name + "`: " + e.getMessage(), e);
        }
    }

    private static long[] integers(JsonNode array) {
        long[] values = new long[array.size()];
        for (int i = 0; i < values.length; i++) {
            if (!array.get(i).canConvertToLong() || !array.get(i).isIntegralNumber()) {
                throw new IllegalArgumentException("`" + array.get(i) + "` is no 64-bit integer");
            }
            values[i] = array.get(i).longValue();
        }
        return values;
    }

    /** The format wants the data covered exactly: no overlap, no gap, nothing beyond the end. */
    private static void checkCover(String file, List<Entry> byBegin, long dataSize) throws IOException {
        long end = 0;
        for (Entry e : byBegin) {
            if (e.begin != end) {
                throw new TensorFormatException(
                        file,
                        "`" + e.name + "` starts at byte " + e.begin + " of the data where " + end
                                + " was due: tensors overlap or leave a gap");
            }
            end = e.end;
        }
        if (end != dataSize) {
            throw new TensorFormatException(
                    file,
                    "the header describes " + end + " bytes of data, there are " + dataSize
                            + "; is the file truncated?");
        }
    }

    /** Writes {@code tensors} in their order; {@code metadata} is free text by key. */
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            metadata.forEach(header.putObject(METADATA)::put);
        }
        long at = 0;
        for (var e : tensors.entrySet()) {
            ObjectNode entry = header.putObject(e.getKey())
                    .put("dtype", e.getValue().dtype().name());
            Arrays.stream(e.getValue().shape()).forEach(entry.putArray("shape")::add);
            entry.putArray("data_offsets").add(at).add(at += e.getValue().byteSize());
        }
        byte[] text = JSON.writeValueAsBytes(header);
        // data start at a multiple of 8, as the format advises
        byte[] padding = " ".repeat(Math.floorMod(-text.length, 8)).getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = new BufferedOutputStream(FileErrors.open(file), 1 << 16)) {
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(text.length + padding.length)
                    .array());
            out.write(text);
            out.write(padding);
            for (Tensor tensor : tensors.values()) {
                tensor.writeTo(out);
            }
        }
    }
}
