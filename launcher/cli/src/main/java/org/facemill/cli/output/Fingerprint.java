package org.facemill.cli.output;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.facemill.datasets.files.FileTree;

/** Recognises an input again, wherever it lies: a file by its content, a folder by names, sizes and times of its files. */
final class Fingerprint {

    static final String PREFIX = "sha256:";

    private Fingerprint() {}

    static String of(Path input) throws IOException {
        MessageDigest digest = sha256();
        if (Files.isDirectory(input)) {
            for (String line : listing(input)) {
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
        } else {
            try (InputStream in = new DigestInputStream(Files.newInputStream(input), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
        return PREFIX + HexFormat.of().formatHex(digest.digest());
    }

    private static List<String> listing(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        for (FileTree.Entry entry : FileTree.below(folder)) {
            BasicFileAttributes file = Files.readAttributes(entry.file(), BasicFileAttributes.class);
            lines.add(entry.path() + "\t" + file.size() + "\t"
                    + file.lastModifiedTime().toMillis() + "\n");
        }
        Collections.sort(lines);
        return lines;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
