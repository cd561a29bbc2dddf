package org.facemill.datasets;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Packs identities into all wanted forms at once, each in a subfolder of its own beside a table of the identities. Memory:
 * one identity. Without {@link #finish} a local folder is marked as unfinished.
 *
 * <p>Copies of an identity's first image come after its images, under further numbers.
 */
public final class DatasetPacker implements Closeable {

    private final List<String> formats;
    private final List<DatasetWriter> writers = new ArrayList<>();
    private final Oversampling oversampling;
    private final DatasetPlan plan;
    private final DatasetTarget target;
    private int packed;

    /**
     * Begins the files.
     *
     * @param formats names of {@link DatasetFormats}
     * @param identities that will come, in this order; images without copies
     * @param oversampling further copies of each identity's first image
     * @param width of all images in pixels
     * @param height of all images in pixels
     */
    public DatasetPacker(
            List<String> formats,
            List<Identity> identities,
            Oversampling oversampling,
            int width,
            int height,
            DatasetTarget target)
            throws IOException {
        this.formats = List.copyOf(formats);
        this.oversampling = oversampling;
        this.target = target;
        this.plan = new DatasetPlan(
                identities.stream()
                        .map(identity -> new Identity(
                                identity.label(),
                                identity.name(),
                                Math.addExact(identity.images(), oversampling.copies())))
                        .toList(),
                width,
                height);
        for (String format : this.formats) {
            target.begin(format);
            try (OutputStream table = target.create(format + "/" + IdentityTable.NAME)) {
                IdentityTable.write(table, plan.identities());
            }
            writers.add(DatasetFormats.REGISTRY.named(format).writer(plan, target));
        }
    }

    /**
     * Takes the next identity.
     *
     * @param ordinal that its augmented copies depend on: the identity's in its run
     * @param encoded its encoded images in order, as many as were announced
     */
    public void add(long ordinal, List<byte[]> encoded) throws IOException {
        List<byte[]> images = new ArrayList<>(encoded);
        images.addAll(oversampling.of(ordinal, encoded.get(0)));
        Identity identity = plan.identities().get(packed);
        if (images.size() != identity.images()) {
            throw new IllegalArgumentException("%d images of identity '%s', announced were %d"
                    .formatted(encoded.size(), identity.name(), identity.images() - oversampling.copies()));
        }
        for (DatasetWriter writer : writers) {
            for (int image = 0; image < images.size(); image++) {
                writer.add(identity.label(), image, images.get(image));
            }
        }
        packed++;
    }

    /**
     * Completes the files.
     *
     * @throws IllegalStateException if fewer identities came than were announced
     */
    public void finish() throws IOException {
        if (packed < plan.identities().size()) {
            throw new IllegalStateException(
                    plan.identities().size() + " identities were announced, " + packed + " came");
        }
        for (int i = 0; i < writers.size(); i++) {
            writers.get(i).finish();
            writers.get(i).close();
            target.finish(formats.get(i));
        }
    }

    /** Closes the files, finished or not. */
    @Override
    public void close() throws IOException {
        for (DatasetWriter writer : writers) {
            writer.close();
        }
    }
}
