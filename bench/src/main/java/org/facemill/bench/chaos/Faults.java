package org.facemill.bench.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Faults in a seeded order: which kind, of which program, for how long. */
final class Faults {

    private final Random random;
    private final Duration longestFreeze;
    private int kills;
    private int freezes;

    Faults(Random random, int kills, int freezes, Duration longestFreeze) {
        this.random = random;
        this.kills = kills;
        this.freezes = freezes;
        this.longestFreeze = longestFreeze;
    }

    boolean areLeft() {
        return kills + freezes > 0;
    }

    /** Does the next one, waits until it is over, and says what it was. */
    String inflict(Mill mill) throws IOException, InterruptedException {
        List<String> programs = mill.programs();
        String program = programs.get(random.nextInt(programs.size()));
        if (random.nextInt(kills + freezes) < kills) {
            kills--;
            mill.kill(program);
            return program + " killed";
        }
        freezes--;
        Duration time = Duration.ofMillis((long) (1000 * Math.pow(longestFreeze.toSeconds(), random.nextDouble())));
        mill.freeze(program, time);
        return program + " frozen for " + time.toMillis() / 1000.0 + " s";
    }
}
