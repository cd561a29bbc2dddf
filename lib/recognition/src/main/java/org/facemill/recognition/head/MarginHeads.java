package org.facemill.recognition.head;

import java.util.List;
import org.facemill.contracts.registry.Kind;
import org.facemill.contracts.registry.Registrations;
import org.facemill.contracts.registry.Registry;

/** The margin heads that recipes can choose. Parameters that a recipe leaves out are as here, which is as in the papers. */
public final class MarginHeads implements Registrations {

    public static final Registry<MarginHead> REGISTRY = new Registry<>(Kind.MARGIN_HEAD, MarginHead.class);

    @Override
    public List<MarginHead> registered() {
        return List.of(
                new CosFace(64, 0.35),
                new ArcFace(64, 0.5, true),
                new ElasticFace(64, 0.5, 0.0125, true, false),
                new CurricularFace(64, 0.5),
                new AdaFace(64, 0.4, 0.333, 0.01, false));
    }
}
