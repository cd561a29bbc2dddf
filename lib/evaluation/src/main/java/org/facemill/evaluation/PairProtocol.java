package org.facemill.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Draws verification pairs from labelled images: as many genuine as impostor pairs, alternating, so that every fold of a
 * {@link PairVerification} holds both. No pair comes twice. The same numbers and seed give the same pairs.
 */
public final class PairProtocol {

    /** Draws that may hit a known pair before all pairs are listed instead. */
    private static final int PATIENCE = 20;

    /** Two images; each is an identity and the number of one of its images. */
    public record Pair(int firstIdentity, int firstImage, int secondIdentity, int secondImage) {

        /** Whether both show one identity. */
        public boolean same() {
            return firstIdentity == secondIdentity;
        }
    }

    private final int[] images;
    private final Random random;

    private PairProtocol(int[] images, long seed) {
        this.images = images;
        this.random = new Random(seed);
    }

    /**
     * Draws pairs.
     *
     * @param images number of images of each identity
     * @param pairs pairs wanted; fewer come where there are not as many of each kind
     */
    public static List<Pair> draw(int[] images, int pairs, long seed) {
        PairProtocol protocol = new PairProtocol(images.clone(), seed);
        int each = (int) Math.min(pairs / 2, Math.min(protocol.genuinePairs(), protocol.impostorPairs()));
        List<Pair> genuine = protocol.drawn(each, true);
        List<Pair> impostor = protocol.drawn(each, false);
        List<Pair> alternating = new ArrayList<>(2 * each);
        for (int i = 0; i < each; i++) {
            alternating.add(genuine.get(i));
            alternating.add(impostor.get(i));
        }
        return alternating;
    }

    private long genuinePairs() {
        long pairs = 0;
        for (int n : images) {
            pairs += (long) n * (n - 1) / 2;
        }
        return pairs;
    }

    private long impostorPairs() {
        long pairs = 0;
        long before = 0;
        for (int n : images) {
            pairs += before * n;
            before += n;
        }
        return pairs;
    }

    private List<Pair> drawn(int wanted, boolean same) {
        Set<Pair> known = new HashSet<>();
        List<Pair> drawn = new ArrayList<>(wanted);
        while (drawn.size() < wanted) {
            int tries = 0;
            Pair pair = same ? randomGenuine() : randomImpostor();
            while (!known.add(pair) && tries++ < PATIENCE) {
                pair = same ? randomGenuine() : randomImpostor();
            }
            if (tries > PATIENCE) {
                return listed(wanted, same);
            }
            drawn.add(pair);
        }
        return drawn;
    }

    private Pair randomGenuine() {
        int identity = random.nextInt(images.length);
        while (images[identity] < 2) {
            identity = random.nextInt(images.length);
        }
        int first = random.nextInt(images[identity]);
        int second = random.nextInt(images[identity] - 1);
        second += second >= first ? 1 : 0;
        return new Pair(identity, Math.min(first, second), identity, Math.max(first, second));
    }

    private Pair randomImpostor() {
        int first = random.nextInt(images.length);
        int second = random.nextInt(images.length);
        while (first == second || images[first] == 0 || images[second] == 0) {
            first = random.nextInt(images.length);
            second = random.nextInt(images.length);
        }
        int a = Math.min(first, second);
        int b = Math.max(first, second);
        return new Pair(a, random.nextInt(images[a]), b, random.nextInt(images[b]));
    }

    /** Of all pairs of a kind, the first so many in random order: for sets so small that drawing hits the same again. */
    private List<Pair> listed(int wanted, boolean same) {
        List<Pair> all = new ArrayList<>();
        for (int a = 0; a < images.length; a++) {
            for (int b = a; b < images.length; b++) {
                if (same == (a == b)) {
                    addPairs(all, a, b);
                }
            }
        }
        Collections.shuffle(all, random);
        return all.subList(0, wanted);
    }

    private void addPairs(List<Pair> all, int a, int b) {
        for (int i = 0; i < images[a]; i++) {
            for (int j = a == b ? i + 1 : 0; j < images[b]; j++) {
                all.add(new Pair(a, i, b, j));
            }
        }
    }
}
