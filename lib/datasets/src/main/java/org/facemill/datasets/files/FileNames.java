package org.facemill.datasets.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the file of an identity, or the result for a picture, is called: two names never become one file.
 *
 * <p>Names of plain ASCII stay as they are. All else is percent-encoded as in URLs, byte by byte of its UTF-8: what a file
 * system may refuse or read otherwise, whatever the platform and the locale (separators, control characters, letters
 * beyond ASCII, a leading dot, {@code CON}, names of system folders). A name longer than {@value #MAX_LENGTH} characters
 * is cut and ends in {@code ~} and a hash of it. Where two names differ only in the case of their letters, which not every
 * file system tells apart, those with a capital letter end in such a hash, too.
 */
public final class FileNames {

    /** Longest file name that is given, so that a suffix still fits into the 255 bytes that file systems allow. */
    static final int MAX_LENGTH = 180;

    private static final int HASH_DIGITS = 32;
    /** Not allowed on Windows, or with a meaning of its own here. */
    private static final String SPECIAL = "\"%*/:<>?\\|~";

    private static final Pattern WINDOWS_DEVICE = Pattern.compile(
            "(CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(COM|LPT)\\d)\\s*(\\..*)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private FileNames() {}

    /** The name of one file, without suffix. Different names give different ones, compared letter by letter. */
    public static String of(String name) {
        StringBuilder escaped = new StringBuilder();
        boolean first = name.startsWith(".")
                || SystemFiles.isSystem(name)
                || WINDOWS_DEVICE.matcher(name).matches();
        for (int i = 0; i < name.length(); ) {
            int character = name.codePointAt(i);
            i += Character.charCount(character);
            boolean last = i == name.length() && (character == '.' || character == ' ');
            append(escaped, character, first || last);
            first = false;
        }
        if (escaped.length() == 0) {
            return "%"; // which no other name gives
        }
        return escaped.length() <= MAX_LENGTH
                ? escaped.toString()
                : escaped.substring(0, MAX_LENGTH - HASH_DIGITS - 1) + hash(name);
    }

    /** A path of several such names, one for each part between slashes. */
    public static String ofPath(String path) {
        return Stream.of(path.split("/", -1)).map(FileNames::of).collect(Collectors.joining("/"));
    }

    /**
     * The name of a file for each of many, without suffix; different also where the case of letters does not count.
     *
     * @return in the order of the names, repeated ones once
     */
    public static Map<String, String> of(Collection<String> names) {
        return distinct(names, FileNames::of);
    }

    /**
     * The path of a result for each of many files: its {@linkplain #stems stem}, encoded. Different also where the case of
     * letters does not count.
     *
     * @param paths with slashes, each once
     * @return in the order of the paths
     */
    public static Map<String, String> ofFiles(Collection<String> paths) {
        Map<String, String> stems = stems(paths);
        return distinct(paths, path -> ofPath(stems.get(path)));
    }

    /**
     * What the result for each of many files is called: the file's path without its suffix, or, where two files differ in
     * nothing else, with it ({@code a.jpg} beside {@code a.png}).
     *
     * @param paths with slashes, each once
     * @return in the order of the paths
     */
    public static Map<String, String> stems(Collection<String> paths) {
        Set<String> whole = new LinkedHashSet<>();
        while (true) {
            Map<String, List<String>> results =
                    paths.stream().collect(Collectors.groupingBy(path -> whole.contains(path) ? path : stem(path)));
            // a.jpg and a.png keep their suffixes; a.jpg.png must then keep its own
            List<String> clashes = results.values().stream()
                    .filter(files -> files.size() > 1)
                    .flatMap(List::stream)
                    .toList();
            if (!whole.addAll(clashes)) {
                Map<String, String> stems = new LinkedHashMap<>();
                paths.forEach(path -> stems.put(path, whole.contains(path) ? path : stem(path)));
                return stems;
            }
        }
    }

    /** A path without its suffix. */
    public static String stem(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
    }

    private static Map<String, String> distinct(Collection<String> names, Function<String, String> file) {
        Map<String, String> files = new LinkedHashMap<>();
        Map<String, List<String>> alike = new HashMap<>();
        for (String name : new LinkedHashSet<>(names)) {
            files.put(name, file.apply(name));
            alike.computeIfAbsent(lower(files.get(name)), lower -> new ArrayList<>())
                    .add(name);
        }
        alike.values().stream()
                .filter(group -> group.size() > 1)
                .flatMap(List::stream)
                .forEach(name -> {
                    String plain = files.get(name);
                    if (!plain.equals(lower(plain))) {
                        files.put(name, plain + hash(name));
                    }
                });
        return files;
    }

    private static String lower(String file) {
        return file.toLowerCase(Locale.ROOT);
    }

    private static void append(StringBuilder to, int character, boolean always) {
        if (!always && character >= ' ' && character < 0x7F && SPECIAL.indexOf(character) < 0) {
            to.append((char) character);
        } else {
            for (byte b : utf8(character)) {
                to.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
    }

    /** UTF-8, and for half of a surrogate pair, which has none, the three bytes that it would have. */
    private static byte[] utf8(int character) {
        if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
            return new byte[] {
                (byte) (0xE0 | character >> 12), (byte) (0x80 | character >> 6 & 0x3F), (byte) (0x80 | character & 0x3F)
            };
        }
        return Character.toString(character).getBytes(UTF_8);
    }

    /** Of all characters as they are: UTF-16, which has halves of surrogate pairs, too. */
    private static String hash(String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (char c : name.toCharArray()) {
                digest.update((byte) (c >> 8));
                digest.update((byte) c);
            }
            return "~" + HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
