package org.facemill.cli.output;

import java.text.DecimalFormat;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;

/** Progress of one task with rate and time left: a bar on a terminal, otherwise a line every ten seconds. Thread-safe. */
public final class ProgressDisplay implements AutoCloseable {

    private static final int TERMINAL_REFRESH_MILLIS = 250;
    private static final int LINE_EVERY_MILLIS = 10_000;

    private final ProgressBar bar;
    private final AtomicLong printed = new AtomicLong(-1);

    /** @param from what was done before: rate and time left count from there */
    ProgressDisplay(String task, long from, long total, String unit, Consumer<String> lines) {
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName(task)
                .startsFrom(from, Duration.ZERO)
                .setInitialMax(total)
                .setUnit(" " + unit, 1)
                .showSpeed(new DecimalFormat("0.0"));
        if (onTerminal()) {
            builder.setStyle(ProgressBarStyle.ASCII).setUpdateIntervalMillis(TERMINAL_REFRESH_MILLIS);
        } else {
            builder.setUpdateIntervalMillis(LINE_EVERY_MILLIS)
                    .setRenderer((state, width) -> changed(state) ? line(state, unit) : "")
                    .setConsumer(new DelegatingProgressBarConsumer(line ->
                            Optional.of(line).filter(text -> !text.isEmpty()).ifPresent(lines)));
        }
        bar = builder.build();
    }

    public void step() {
        bar.step();
    }

    public void stepBy(long units) {
        bar.stepBy(units);
    }

    public void stepTo(long units) {
        bar.stepTo(units);
    }

    /** A few words behind the bar: a loss, a stage. */
    public void note(String words) {
        bar.setExtraMessage(words);
    }

    @Override
    public void close() {
        bar.close();
    }

    /** The start script looks at standard error itself ({@code test -t 2}), because the JVM looks at input and output only. */
    private static boolean onTerminal() {
        return Boolean.getBoolean("facemill.terminal");
    }

    /** Whether the count is another than the one that was printed last. */
    private boolean changed(ProgressState state) {
        return printed.getAndSet(state.getCurrent()) != state.getCurrent();
    }

    private static String line(ProgressState state, String unit) {
        double seconds = state.getElapsedAfterStart().toMillis() / 1000.0;
        long done = state.getCurrent() - state.getStart();
        String line = String.format(
                Locale.ROOT, "%s: %d of %d %s", state.getTaskName(), state.getCurrent(), state.getMax(), unit);
        if (done > 0 && seconds >= 1) {
            double rate = done / seconds;
            line += String.format(Locale.ROOT, ", %.1f/s", rate);
            if (state.getCurrent() < state.getMax()) {
                line += String.format(Locale.ROOT, ", %.0f s left", (state.getMax() - state.getCurrent()) / rate);
            }
        }
        String note = state.getExtraMessage();
        return note == null || note.isBlank() ? line : line + ", " + note;
    }
}
