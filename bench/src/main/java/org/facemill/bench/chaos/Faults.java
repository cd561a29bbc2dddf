package org.facemill.bench.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Faults in a seeded order: which kind, of which program, for how long. Programs are drawn as from a shuffled deck of cards,
 * each once before any again: a worker that is killed three times within one record counts as killed by that record, and its
 * run rightly fails.
 */
final class Faults {

    private final Random random;
    private final Duration longestFreeze;
    private final Deque<String> deck = new ArrayDeque<>();
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
        String program = draw(mill);
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

    private String draw(Mill mill) {
        if (deck.isEmpty()) {
            List<String> programs = new ArrayList<>(mill.programs());
            Collections.shuffle(programs, random);
            deck.addAll(programs);
        }
        return deck.remove();
    }
}
