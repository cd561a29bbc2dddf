package org.facemill.cli.output;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns exceptions into one line for people and an exit code. */
public final class Errors {

    private Errors() {}

    public static int badUsage(ParameterException e, String[] args) {
        CommandLine line = e.getCommandLine();
        PrintWriter err = line.getErr();
        err.println("facemill: " + oneLine(e.getMessage()) + " (see `"
                + line.getCommandSpec().qualifiedName() + " --help`)");
        UnmatchedArgumentException.printSuggestions(e, err);
        return CommandLine.ExitCode.USAGE;
    }

    public static int failed(Exception e, CommandLine line, ParseResult parsed) {
        PrintWriter err = line.getErr();
        err.println("facemill: " + message(e));
        if (line.getParseResult().hasMatchedOption("--verbose")) {
            e.printStackTrace(err);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** What no handler of picocli sees: memory that has run out, native libraries that do not load. */
    public static int failed(Error e, CommandLine line) {
        line.getErr().println("facemill: " + message(e));
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** One line that a user can act on; an exception that nobody expected says what it is. */
    public static String message(Throwable e) {
        if (e instanceof OutOfMemoryError) {
            return "out of memory (" + e.getMessage()
                    + "); give Java more by JAVA_TOOL_OPTIONS=-Xmx8g, say, or do less at once";
        }
        if (e instanceof ExceptionInInitializerError && e.getCause() != null) {
            return message(e.getCause());
        }
        if (e instanceof UncheckedIOException wrapped) {
            return message(wrapped);
        }
        if (e instanceof FileSystemException file) {
            return message(file);
        }
        boolean explained = e.getMessage() != null
                && (e instanceof IOException
                        || e instanceof IllegalArgumentException
                        || e.getClass().getName().startsWith("org.facemill."));
        String text = explained ? e.getMessage() : "unexpected " + e + "; --verbose shows where, please report it";
        return oneLine(text);
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", "; ");
    }

    /** The file is named by the wrapper where the cause knows none, as with a disk that is full. */
    private static String message(UncheckedIOException e) {
        String cause = message(e.getCause());
        boolean explained = !e.getMessage().equals(e.getCause().toString());
        return explained && !(e.getCause() instanceof FileSystemException)
                ? e.getMessage() + " (" + cause + ")"
                : cause;
    }

    private static String message(FileSystemException e) {
        String what = e.getReason() != null ? e.getReason() : e.getClass().getSimpleName();
        if (e instanceof NoSuchFileException) {
            what = "no such file or folder";
        } else if (e instanceof AccessDeniedException) {
            what = "permission denied";
        } else if (e instanceof FileAlreadyExistsException) {
            what = "exists already";
        } else if (e instanceof NotDirectoryException) {
            what = "is no folder";
        } else if (e instanceof DirectoryNotEmptyException) {
            what = "is not empty";
        } else if (e instanceof FileSystemLoopException) {
            what = "is a symbolic link to a folder that it lies in";
        }
        return e.getFile() + ": " + what;
    }
}
