package org.facemill.platform;

/** The end of this process, as its shutdown hooks see it. */
public final class ProcessEnd {

    private ProcessEnd() {}

    /**
     * Whether it has begun. Shutdown hooks run side by side, so native libraries may refuse work before the service is told to
     * stop: what throws from here on is no failure of the work.
     */
    public static boolean begun() {
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
