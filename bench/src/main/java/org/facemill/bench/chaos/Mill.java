package org.facemill.bench.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.facemill.cli.machine.Home;
import org.facemill.cli.machine.Machine;
import org.facemill.cli.machine.Programs;
import org.facemill.cli.machine.Services;
import org.facemill.cli.machine.State;
import org.facemill.cli.runs.BucketTransfer;
import org.facemill.cli.runs.RunClient;
import org.facemill.cli.runs.RunStatus;
import org.facemill.contracts.Buckets;
import org.facemill.datasets.Manifest;

/** The whole system on this machine, as the campaign sees and disturbs it. */
final class Mill implements AutoCloseable {

    private static final String SAMPLER = "painter";
    private static final double KILOBYTES_PER_MEGABYTE = 1000;

    private final List<String> programs;
    private final Machine machine;
    private final RunClient runs;
    private final BucketTransfer store;
    private final Path downloads;

    private Mill(List<String> programs, Machine machine, Path downloads) {
        this.programs = programs;
        this.machine = machine;
        this.runs = new RunClient(machine.url(Programs.CONTEXT));
        this.store = BucketTransfer.at(machine.endpoints());
        this.downloads = downloads;
    }

    /** Resident megabytes of each program. */
    record Memory(Map<String, Double> megabytes) {

        double total() {
            return megabytes.values().stream().mapToDouble(Double::doubleValue).sum();
        }

        @Override
        public String toString() {
            return megabytes.entrySet().stream()
                    .map(program -> String.format(Locale.ROOT, "%s %.0f", program.getKey(), program.getValue()))
                    .collect(Collectors.joining(", ", String.format(Locale.ROOT, "%.0f MB (", total()), ")"));
        }
    }

    static Mill start(State state) throws IOException, InterruptedException {
        List<String> services = Services.forDatasets(SAMPLER);
        Machine machine = Machine.start(
                new Machine.Settings(
                        Home.current(),
                        state,
                        services,
                        0,
                        Runtime.getRuntime().availableProcessors(),
                        Integer.MAX_VALUE / 2,
                        line -> {}),
                endpoints -> {});
        List<String> programs = Programs.ALL.stream()
                .filter(name -> services.contains(name) || !Services.all().contains(name))
                .toList();
        return new Mill(programs, machine, state.results("chaos"));
    }

    /** Broker, store and services. */
    List<String> programs() {
        return programs;
    }

    /** Submits a recipe, and watches the run from now on. */
    RunWatch submit(String recipe) throws IOException, InterruptedException {
        return new RunWatch(runs, runs.submit(recipe).run());
    }

    /** Kills a program and waits until it is ready again. */
    void kill(String program) throws InterruptedException {
        machine.kill(program);
        machine.awaitReady(program);
    }

    /** Freezes a program for a while (SIGSTOP): to the others it merely falls silent. */
    void freeze(String program, Duration time) throws IOException, InterruptedException {
        long pid = machine.process(program).pid();
        signal("STOP", pid);
        Thread.sleep(time.toMillis());
        signal("CONT", pid);
        machine.awaitReady(program);
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** The manifest of a completed run's dataset. */
    Manifest dataset(RunStatus run) throws IOException {
        Path file = downloads.resolve(run.run()).resolve("manifest.json");
        String key = Buckets.manifest(run.run(), run.versions());
        store.download(Buckets.DATASETS, key.substring(0, key.lastIndexOf('/') + 1), file.getParent());
        return Manifest.read(file.toString(), Files.readAllBytes(file));
    }

    /** What every program holds now. */
    Memory memory() throws IOException {
        Map<String, Double> megabytes = new TreeMap<>();
        for (String program : programs) {
            Path status =
                    Path.of("/proc", String.valueOf(machine.process(program).pid()), "status");
            megabytes.put(
                    program,
                    Files.readAllLines(status).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / KILOBYTES_PER_MEGABYTE)
                            .findFirst()
                            .orElseThrow());
        }
        return new Memory(megabytes);
    }

    @Override
    public void close() {
        machine.close();
    }
}
