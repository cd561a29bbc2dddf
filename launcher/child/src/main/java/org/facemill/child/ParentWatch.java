package org.facemill.child;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Runs another class's main method in a JVM that ends when the parent process ends, however that happens ({@code kill -9} included): the parent
 * holds the other end of the child's standard input, and the operating system closes it with the parent.
 *
 * <p>The JVM first gets its orderly shutdown; one that takes longer than {@value #GRACE_MILLIS} ms is halted.
 */
public final class ParentWatch {

    static final int GRACE_MILLIS = 10_000;

    private ParentWatch() {}

    /** @param arguments name of the class to run, then its arguments */
    public static void main(String[] arguments) throws Throwable {
        start("parent-watch", () -> {
            awaitEnd(System.in);
            start("parent-watch-halt", ParentWatch::haltAfterGrace);
            System.exit(0);
        });
        Method main = Class.forName(arguments[0]).getMethod("main", String[].class);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void awaitEnd(InputStream parent) {
        try {
            parent.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // a broken pipe means the same as its end
        }
    }

    private static void haltAfterGrace() {
        try {
            Thread.sleep(GRACE_MILLIS);
        } catch (InterruptedException e) {
            // nobody waits any longer
        }
        Runtime.getRuntime().halt(1);
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
