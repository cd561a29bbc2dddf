package org.facemill.bench.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import org.facemill.cli.machine.State;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Kills and freezes the programs of a running system, and says what that did to its datasets. */
@Command(
        name = "chaos",
        sortOptions = false,
        description = {
            "Makes runs of painted identities on the whole system while its programs are killed and frozen, and holds every"
                    + " dataset against that of an undisturbed run.",
            "Exit code 1 where anything was lost, doubled or different. Build first: mvn -DskipTests package"
        },
        mixinStandardHelpOptions = true)
public final class Chaos implements Callable<Integer> {

    @Option(names = "--kills", defaultValue = "200", description = "kills -9 in all (default ${DEFAULT-VALUE})")
    private int kills;

    @Option(
            names = "--freezes",
            defaultValue = "10",
            description = "freezes of a program by SIGSTOP in all (default ${DEFAULT-VALUE})")
    private int freezes;

    @Option(
            names = "--longest-freeze",
            defaultValue = "600",
            paramLabel = "SECONDS",
            description = "a freeze takes from 1 s to this, evenly by the logarithm (default ${DEFAULT-VALUE})")
    private int longestFreeze;

    @Option(
            names = "--pause",
            defaultValue = "3",
            paramLabel = "SECONDS",
            description = "between two faults, in the mean (default ${DEFAULT-VALUE})")
    private double pause;

    @Option(names = "--identities", defaultValue = "1000", description = "of each run (default ${DEFAULT-VALUE})")
    private int identities;

    @Option(names = "--images", defaultValue = "4", description = "of each identity (default ${DEFAULT-VALUE})")
    private int images;

    @Option(names = "--seed", defaultValue = "1", description = "of faults and faces (default ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--soak",
            defaultValue = "0",
            paramLabel = "N",
            description = "then an undisturbed run of N identities: how memory and time per identity grow")
    private int soak;

    @Option(names = "--state", paramLabel = "DIR", description = "state folder (default: a temporary one)")
    private Path state;

    @Override
    public Integer call() throws IOException, InterruptedException {
        State folder = new State(state == null ? Files.createTempDirectory("facemill-chaos") : state);
        say("state and logs: %s", folder.folder());
        boolean sound = true;
        try (Mill mill = Mill.start(folder)) {
            if (kills + freezes > 0) {
                sound = disturb(mill);
            }
            if (soak > 0) {
                new Soak(mill).run(recipe(soak));
            }
        }
        return sound ? 0 : 1;
    }

    private boolean disturb(Mill mill) throws IOException, InterruptedException {
        Findings findings = new Findings(identities, images);
        findings.add(mill, mill.submit(recipe(identities)));
        Mill.Memory before = mill.memory();
        Faults faults = new Faults(new Random(seed), kills, freezes, Duration.ofSeconds(longestFreeze));
        Random pauses = new Random(seed + 1);
        while (faults.areLeft()) {
            RunWatch run = mill.submit(recipe(identities));
            while (faults.areLeft() && !run.isOver()) {
                Thread.sleep((long) (2000 * pause * pauses.nextDouble()));
                say("%s, %d complete: %s", run.run(), run.complete(), faults.inflict(mill));
            }
            findings.add(mill, run);
        }
        say("%s", findings.table());
        say("resident memory: %s before, %s after", before, mill.memory());
        return findings.areSound();
    }

    private String recipe(int wanted) {
        return "{identities: %d, images: %d, seed: %d, sampling: {sampler: painter}}".formatted(wanted, images, seed);
    }

    static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
