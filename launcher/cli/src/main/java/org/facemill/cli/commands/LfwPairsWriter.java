package org.facemill.cli.commands;

import java.util.List;

/** Makes a list of pairs in LFW's format; {@link org.facemill.datasets.PairsFile} reads it. */
final class LfwPairsWriter {

    static final int FOLDS = 10;

    private LfwPairsWriter() {}

    /**
     * As many genuine as impostor pairs in each fold, of identities that no other fold has.
     *
     * @param names of the identities, at least {@link #FOLDS}
     * @param images of each, at least 2
     */
    static String text(List<String> names, int images) {
        int perFold = names.size() / FOLDS;
        StringBuilder text =
                new StringBuilder().append(FOLDS).append('\t').append(perFold).append('\n');
        for (int fold = 0; fold < FOLDS; fold++) {
            List<String> own = names.subList(fold * perFold, (fold + 1) * perFold);
            for (int i = 0; i < perFold; i++) {
                int first = i % images;
                text.append(own.get(i))
                        .append('\t')
                        .append(first + 1)
                        .append('\t')
                        .append((first + 1) % images + 1)
                        .append('\n');
            }
            for (int i = 0; i < perFold; i++) {
                // with one identity a fold the next fold's takes the other's place
                String other = perFold > 1 ? own.get((i + 1) % perFold) : names.get((fold + 1) % FOLDS);
                text.append(own.get(i))
                        .append('\t')
                        .append(i % images + 1)
                        .append('\t')
                        .append(other)
                        .append('\t')
                        .append((i + 1) % images + 1)
                        .append('\n');
            }
        }
        return text.toString();
    }
}
