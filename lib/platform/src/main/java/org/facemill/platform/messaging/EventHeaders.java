package org.facemill.platform.messaging;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.facemill.contracts.Printable;
import org.facemill.contracts.event.EventCodec;
import org.facemill.contracts.event.EventType;

/**
 * Headers of a record that carries an event: CloudEvents' required attributes, each once; of the others only the content type
 * is checked.
 */
final class EventHeaders {

    /** JSON, with any parameters; a charset only if it is UTF-8. */
    private static final Pattern JSON =
            Pattern.compile("application/json\\s*(;(?!\\s*charset\\s*=\\s*(?!\"?utf-8\"?\\s*(;|$))).*)?");

    private EventHeaders() {}

    /** What is wrong with the headers of an event of this kind; empty where they are right. */
    static List<String> faults(Headers headers, EventType expected) {
        List<String> faults = new ArrayList<>();
        required(headers, EventCodec.SPEC_VERSION, faults)
                .filter(version -> !version.equals("1.0"))
                .ifPresent(version -> faults.add(
                        header(EventCodec.SPEC_VERSION) + " is '" + Printable.of(version) + "', expected '1.0'"));
        required(headers, EventCodec.TYPE, faults)
                .filter(type -> !type.equals(expected.ceType()))
                .ifPresent(type -> faults.add(header(EventCodec.TYPE) + " is '" + Printable.of(type)
                        + "', the topic carries '" + expected.ceType() + "'"));
        required(headers, EventCodec.ID, faults);
        required(headers, EventCodec.SOURCE, faults)
                .filter(source -> !isUri(source))
                .ifPresent(source -> faults.add(
                        header(EventCodec.SOURCE) + " is '" + Printable.of(source) + "', which is no URI reference"));
        Header contentType = headers.lastHeader(EventCodec.CONTENT_TYPE);
        if (contentType != null) {
            String type = text(contentType).orElse("");
            if (!JSON.matcher(type.strip().toLowerCase(Locale.ROOT)).matches()) {
                faults.add(header(EventCodec.CONTENT_TYPE) + " is '" + Printable.of(type)
                        + "', expected application/json in UTF-8");
            }
        }
        return faults;
    }

    private static Optional<String> required(Headers headers, String name, List<String> faults) {
        List<Header> found =
                StreamSupport.stream(headers.headers(name).spliterator(), false).toList();
        if (found.size() != 1) {
            faults.add(header(name) + (found.isEmpty() ? " is missing" : " is there " + found.size() + " times"));
            return Optional.empty();
        }
        Optional<String> text = text(found.get(0)).filter(value -> !value.isBlank());
        if (text.isEmpty()) {
            faults.add(header(name) + " is no text: expected UTF-8 without control characters, not empty");
        }
        return text;
    }

    /** A header's text; empty where it has none, or is no UTF-8, or has control characters, which CloudEvents forbids. */
    static Optional<String> text(Header header) {
        if (header.value() == null) {
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header.value()))
                    .toString();
            return text.chars().anyMatch(Character::isISOControl) ? Optional.empty() : Optional.of(text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isUri(String source) {
        try {
            new URI(source);
            return true;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String header(String name) {
        return "header " + name;
    }
}
