package org.facemill.datasets.files;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Files and folders that operating systems, file servers and editors leave among a user's own: hidden ones, thumbnails,
 * recycle bins, snapshots. They hold copies of pictures and are never part of a dataset.
 */
public final class SystemFiles {

    private static final Set<String> NAMES = Set.of(
            // Windows
            "thumbs.db",
            "ehthumbs.db",
            "desktop.ini",
            "$recycle.bin",
            "recycler",
            "system volume information",
            // macOS and its file servers
            "__macosx",
            "network trash folder",
            "temporary items",
            // Synology, QNAP, NetApp
            "@eadir",
            "#recycle",
            "#snapshot",
            "@recycle",
            "@recently-snapshot",
            "~snapshot",
            // Unix, Python
            "lost+found",
            "__pycache__");

    private static final Pattern RECOVERED = Pattern.compile("found\\.\\d{3}");

    private SystemFiles() {}

    /** Whether a file or folder of this name is none of the user's own; {@code .} and {@code ..} name others. */
    public static boolean isSystem(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith(".") && !lower.equals(".") && !lower.equals("..")
                || NAMES.contains(lower)
                || RECOVERED.matcher(lower).matches();
    }

    /** Whether any part of a path with slashes is. */
    public static boolean anyIsSystem(String path) {
        return List.of(path.split("/")).stream().anyMatch(SystemFiles::isSystem);
    }
}
