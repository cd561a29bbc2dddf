package org.facemill.evaluator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.event.Crops;
import org.facemill.contracts.event.DatasetSealed;
import org.facemill.contracts.event.Evaluation;
import org.facemill.contracts.event.EvaluationKind;
import org.facemill.contracts.event.Origin;
import org.facemill.evaluation.ContactRow;
import org.facemill.evaluation.Embeddings;
import org.facemill.evaluation.EvaluationReport;
import org.facemill.evaluation.IdentitySeparation;
import org.facemill.evaluation.Separation;
import org.facemill.images.RgbImage;
import org.facemill.platform.messaging.Announcement;
import org.facemill.platform.messaging.Heartbeat;
import org.facemill.platform.messaging.Work;
import org.facemill.platform.store.ObjectStore;

/**
 * Judges a sealed version of the dataset on exactly its identities. What the encoder has not reached yet is encoded here.
 */
final class DatasetEvaluation implements Work<DatasetSealed> {

    private static final int SHOWN_IDENTITIES = 24;
    private static final int SHOWN_IMAGES = 8;

    private final ObjectStore store;
    private final CropEncoding encoding;
    private final Reports reports;

    DatasetEvaluation(ObjectStore store, CropEncoding encoding) {
        this.store = store;
        this.encoding = encoding;
        this.reports = new Reports(store);
    }

    @Override
    public List<Announcement> apply(DatasetSealed sealed, Heartbeat heartbeat) throws Exception {
        String folder = "v" + sealed.version();
        Optional<List<Announcement>> before = reports.announced(sealed.run(), folder);
        if (before.isPresent()) {
            return before.get();
        }
        List<Crops> members = Members.read(store, sealed.members());
        EvaluationReport report = new EvaluationReport(
                "Dataset " + sealed.run() + " " + folder,
                facts(sealed, members),
                separation(members, heartbeat),
                List.of(),
                contactSheet(members));
        ObjectRef json = reports.store(sealed.run(), folder, report);
        return reports.finish(
                sealed.run(),
                folder,
                List.of(new Evaluation(
                        sealed.run(),
                        EvaluationKind.DATASET,
                        sealed.evaluation().encoder(),
                        folder,
                        sealed.identities(),
                        sealed.identities() * sealed.images(),
                        report.metrics(),
                        Optional.of(json))));
    }

    private Optional<Separation> separation(List<Crops> members, Heartbeat heartbeat) throws Exception {
        Optional<IdentitySeparation> separation = Optional.empty();
        for (Crops member : members) {
            Embeddings embeddings = encoding.encoded(member).embeddings();
            if (separation.isEmpty()) {
                separation = Optional.of(new IdentitySeparation(embeddings.dimension()));
            }
            separation.get().add(member.ordinal(), embeddings);
            heartbeat.beat();
        }
        return separation.filter(IdentitySeparation::measurable).map(Separation::of);
    }

    private List<ContactRow> contactSheet(List<Crops> members) {
        List<ContactRow> rows = new ArrayList<>();
        for (Crops member : members.subList(0, Math.min(SHOWN_IDENTITIES, members.size()))) {
            List<RgbImage> images = CropEncoding.images(store, member.archive());
            rows.add(new ContactRow(
                    "identity " + member.ordinal(), images.subList(0, Math.min(SHOWN_IMAGES, images.size()))));
        }
        return rows;
    }

    private static Map<String, String> facts(DatasetSealed sealed, List<Crops> members) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("run", sealed.run());
        facts.put("version", Integer.toString(sealed.version()));
        facts.put(
                "generator",
                members.stream().map(m -> named(m.origin())).distinct().sorted().collect(Collectors.joining(", ")));
        facts.put("recogniser", sealed.evaluation().encoder());
        facts.put("digest", sealed.digest());
        return facts;
    }

    private static String named(Origin origin) {
        String sampler = origin.sampler().name();
        return origin.model().isEmpty() ? sampler : sampler + " " + origin.model();
    }
}
