package org.facemill.platform.messaging;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.facemill.contracts.recipe.Names;

/** The identity that a record is about, as its key names it: {@code run/ordinal}. */
public record RecordKey(String run, long ordinal) {

    private static final Pattern FORM = Pattern.compile("(" + Names.RUN_PATTERN + ")/(0|[1-9][0-9]{0,9})");

    private static final long LARGEST_ORDINAL = 4_294_967_295L;

    /** The identity of a record's key; empty for keys of other forms and records without one. */
    public static Optional<RecordKey> of(String key) {
        Matcher matcher = FORM.matcher(key == null ? "" : key);
        return matcher.matches() && Long.parseLong(matcher.group(2)) <= LARGEST_ORDINAL
                ? Optional.of(new RecordKey(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }
}
