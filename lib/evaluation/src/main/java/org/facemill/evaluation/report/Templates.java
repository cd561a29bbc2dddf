package org.facemill.evaluation.report;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.MustacheFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The Mustache templates beside this class; all that is put into them is escaped but what they name in three braces. */
final class Templates {

    private static final String FOLDER = "org/facemill/evaluation/report/";
    private static final MustacheFactory FACTORY = new DefaultMustacheFactory(FOLDER);

    private Templates() {}

    /** A template filled with an object's values. */
    static String fill(String name, Object values) {
        StringWriter text = new StringWriter();
        FACTORY.compile(name).execute(text, values);
        return text.toString();
    }

    /** A file beside the templates as it is. */
    static String text(String name) {
        try (InputStream in = Templates.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " of this library", e);
        }
    }
}
