package org.facemill.cli.conformance;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.facemill.contracts.Json;
import org.facemill.contracts.event.EventCodec;
import org.facemill.contracts.event.EventType;
import org.facemill.contracts.event.IdentityEvent;

/** Records that carry no event that anybody could work on: one thing is wrong with each. */
final class Malformations {

    private final String topic;
    private final LongFunction<IdentityEvent> make;
    private final List<Malformed> records = new ArrayList<>();

    private Malformations(String topic, LongFunction<IdentityEvent> make) {
        this.topic = topic;
        this.make = make;
    }

    /**
     * A record and what should come of it.
     *
     * @param name   what is wrong with it
     * @param fails  whether the identity that it is about fails with it
     * @param strict whether it has to be refused; otherwise it may as well be worked on
     * @param event  that it was made of
     */
    record Malformed(
            String name, boolean fails, boolean strict, IdentityEvent event, ProducerRecord<byte[], byte[]> record) {}

    /** A record that is not sent yet. */
    private static final class Draft {
        private final RecordHeaders headers;
        private final ObjectNode body;
        private byte[] key;
        private byte[] value;

        Draft(IdentityEvent event) {
            headers = Records.headers(event);
            body = Json.MAPPER.valueToTree(event);
            key = event.key().getBytes(UTF_8);
            value = EventCodec.encode(event);
        }

        void header(String name, String text) {
            headers.remove(name).add(name, text.getBytes(UTF_8));
        }

        void body(Consumer<ObjectNode> change) {
            change.accept(body);
            value = body.toString().getBytes(UTF_8);
        }

        String text() {
            return new String(value, UTF_8);
        }
    }

    /**
     * All of them.
     *
     * @param make     gives the event of a fresh identity, numbered from 0
     * @param healthy  key of an identity that is well
     * @param stranger a run that nobody knows
     */
    static List<Malformed> of(String topic, LongFunction<IdentityEvent> make, String healthy, String stranger) {
        Malformations all = new Malformations(topic, make);
        all.headers();
        all.encodings();
        all.bodies();
        all.keys(healthy, stranger);
        return all.records;
    }

    private void headers() {
        for (String name : List.of(EventCodec.SPEC_VERSION, EventCodec.TYPE, EventCodec.ID, EventCodec.SOURCE)) {
            failing("no header " + name, draft -> draft.headers.remove(name));
        }
        failing("ce_specversion 0.3", draft -> draft.header(EventCodec.SPEC_VERSION, "0.3"));
        failing("ce_type of another event", draft -> draft.header(EventCodec.TYPE, EventType.RUN.ceType()));
        failing("ce_type twice", draft -> draft.headers.add(EventCodec.TYPE, "facemill.other.v1".getBytes(UTF_8)));
        failing("ce_id empty", draft -> draft.header(EventCodec.ID, ""));
        failing("content-type text/plain", draft -> draft.header(EventCodec.CONTENT_TYPE, "text/plain"));
        failing(
                "content-type application/cloudevents+json",
                draft -> draft.header(EventCodec.CONTENT_TYPE, "application/cloudevents+json"));
        tolerable("ce_source with a space", draft -> draft.header(EventCodec.SOURCE, "no uri"));
        tolerable("ce_time that is no time", draft -> draft.header("ce_time", "yesterday"));
        tolerable("ce_dataschema that is no URI", draft -> draft.header("ce_dataschema", "::no uri::"));
    }

    private void encodings() {
        failing("no value", draft -> draft.value = null);
        failing("empty value", draft -> draft.value = new byte[0]);
        failing("no JSON", draft -> draft.value = "{\"run\": ".getBytes(UTF_8));
        failing("UTF-16", draft -> draft.value = draft.text().getBytes(UTF_16));
        failing("byte order mark", draft -> draft.value = ("\uFEFF" + draft.text()).getBytes(UTF_8));
        failing("bytes that are no UTF-8", draft -> {
            draft.value = draft.text().replaceFirst("\\{", "{\"x\":\"?\",").getBytes(UTF_8);
            draft.value[6] = (byte) 0xff;
        });
        failing("text after the JSON", draft -> draft.value = (draft.text() + " and more").getBytes(UTF_8));
        failing(
                "field given twice",
                draft -> draft.value =
                        draft.text().replaceFirst("\\{", "{\"attempt\":7,").getBytes(UTF_8));
    }

    private void bodies() {
        failing("JSON that is no object", draft -> draft.value = "[1, 2]".getBytes(UTF_8));
        failing("field missing", draft -> draft.body(body -> body.remove("encoder")));
        failing(
                "ordinal as text",
                draft -> draft.body(
                        body -> body.put("ordinal", body.get("ordinal").asText())));
        failing("attempt below 0", draft -> draft.body(body -> body.put("attempt", -1)));
        failing("text where an object is wanted", draft -> {
            String object = draft.body.has("alignment") ? "alignment" : "origin";
            draft.body(body -> body.put(object, "none"));
        });
        failing("name that no schema allows", draft -> draft.body(body -> body.put("encoder", "../escape")));
    }

    private void keys(String healthy, String stranger) {
        harmless("no key", draft -> draft.key = null);
        harmless("key that is none", draft -> draft.key = "nobody".getBytes(UTF_8));
        harmless("key that is no UTF-8", draft -> draft.key = new byte[] {(byte) 0xff, '/', '1'});
        harmless("key of another identity", draft -> draft.key = healthy.getBytes(UTF_8));
        harmless("run that nobody knows", draft -> {
            draft.body(body -> body.put("run", stranger));
            draft.key = (stranger + "/" + draft.body.get("ordinal").asText()).getBytes(UTF_8);
        });
    }

    private void failing(String name, Consumer<Draft> change) {
        add(name, true, true, change);
    }

    private void harmless(String name, Consumer<Draft> change) {
        add(name, false, true, change);
    }

    private void tolerable(String name, Consumer<Draft> change) {
        add(name, true, false, change);
    }

    private void add(String name, boolean fails, boolean strict, Consumer<Draft> change) {
        IdentityEvent event = make.apply(records.size());
        Draft draft = new Draft(event);
        change.accept(draft);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, null, draft.key, draft.value, draft.headers);
        records.add(new Malformed(name, fails, strict, event, record));
    }
}
