package org.facemill.evaluator;

import java.util.List;
import org.facemill.images.FacePoints;
import org.facemill.images.RgbImage;
import org.facemill.platform.messaging.Heartbeat;
import org.facemill.recognition.Encoder;
import org.facemill.recognition.EncodingException;

/** An encoder whose every batch is a heartbeat of the work that it is part of. */
record HeartbeatEncoder(Encoder encoder, Heartbeat heartbeat) implements Encoder {

    private static final int BATCH = 64;

    @Override
    public String name() {
        return encoder.name();
    }

    @Override
    public FacePoints template() {
        return encoder.template();
    }

    @Override
    public int dimension() {
        return encoder.dimension();
    }

    @Override
    public float[][] embed(List<RgbImage> images) {
        float[][] embeddings = new float[images.size()][];
        for (int from = 0; from < images.size(); from += BATCH) {
            List<RgbImage> batch = images.subList(from, Math.min(images.size(), from + BATCH));
            try {
                System.arraycopy(encoder.embed(batch), 0, embeddings, from, batch.size());
            } catch (EncodingException e) {
                throw e.after(from);
            }
            heartbeat.beat();
        }
        return embeddings;
    }

    @Override
    public void close() {
        encoder.close();
    }
}
