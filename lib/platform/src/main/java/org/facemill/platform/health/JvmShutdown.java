package org.facemill.platform.health;

/** The orderly end of this JVM. */
public final class JvmShutdown {

    private JvmShutdown() {}

    /**
     * Whether shutdown hooks are running. They run concurrently, so native libraries may refuse work before the service is
     * told to stop: what throws from then on is no failure of the work.
     */
    public static boolean inProgress() {
        Thread hook = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException e) {
            // none can be added once the first one runs
            return true;
        }
    }
}
