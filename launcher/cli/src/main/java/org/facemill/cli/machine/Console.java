package org.facemill.cli.machine;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** The pages of context-service, in this machine's browser. */
public final class Console {

    private Console() {}

    /** Opens an address in the user's browser; false where there is none that this machine knows of. */
    public static boolean open(URI address) {
        try {
            new ProcessBuilder(opener(address.toString()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> opener(String address) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.startsWith("mac")) {
            return List.of("open", address);
        }
        return system.startsWith("windows")
                ? List.of("rundll32", "url.dll,FileProtocolHandler", address)
                : List.of("xdg-open", address);
    }
}
