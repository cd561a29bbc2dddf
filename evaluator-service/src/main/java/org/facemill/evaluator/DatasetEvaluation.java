package org.facemill.evaluator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.facemill.contracts.ObjectRef;
import org.facemill.contracts.event.Crops;
import org.facemill.contracts.event.DatasetSealed;
import org.facemill.contracts.event.Evaluation;
import org.facemill.contracts.event.EvaluationKind;
import org.facemill.contracts.event.Origin;
import org.facemill.datasets.DatasetException;
import org.facemill.evaluation.comparison.Embeddings;
import org.facemill.evaluation.comparison.IdentitySeparation;
import org.facemill.evaluation.comparison.Separation;
import org.facemill.evaluation.report.ContactRow;
import org.facemill.evaluation.report.EvaluationReport;
import org.facemill.evaluation.report.EvaluationReport.Omission;
import org.facemill.evaluation.report.Highlight;
import org.facemill.images.ImageException;
import org.facemill.images.RgbImage;
import org.facemill.platform.messaging.Announcement;
import org.facemill.platform.messaging.Heartbeat;
import org.facemill.platform.messaging.Work;
import org.facemill.platform.store.CorruptObjectException;
import org.facemill.platform.store.MissingObjectException;
import org.facemill.platform.store.ObjectStore;

/**
 * Judges a sealed version of the dataset on exactly its identities. What the encoder has not reached yet is encoded here; what
 * cannot be encoded is named in the report, and the others are judged.
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
        List<Crops> members = DatasetMembers.read(store, sealed.members());
        List<Omission> omissions = new ArrayList<>();
        EvaluationReport report = EvaluationReport.of("Dataset " + sealed.run() + " " + folder, facts(sealed, members))
                .withContactSheet(contactSheet(members));
        Optional<Separation> separation = separation(members, omissions, heartbeat);
        report = report.withOmissions(omissions);
        if (separation.isPresent()) {
            report = report.with(separation.get()).withHighlights(highlights(separation.get(), members));
            reports.storeIdentities(sealed.run(), folder, separation.get());
        }
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

    private Optional<Separation> separation(List<Crops> members, List<Omission> omissions, Heartbeat heartbeat)
            throws Exception {
        Optional<IdentitySeparation> separation = Optional.empty();
        try {
            for (Crops member : members) {
                Optional<Embeddings> embeddings = embeddings(member, omissions);
                if (separation.isEmpty()) {
                    separation = embeddings.map(e -> new IdentitySeparation(e.dimension()));
                }
                if (embeddings.isPresent()) {
                    separation.orElseThrow().add(member.ordinal(), embeddings.get());
                }
                heartbeat.beat();
            }
            return separation
                    .filter(IdentitySeparation::measurable)
                    .map(s -> Separation.of(s, pairs -> heartbeat.beat()));
        } finally {
            separation.ifPresent(IdentitySeparation::close);
        }
    }

    /** The embeddings of an identity; none where it cannot be encoded, whatever is wrong with its crops or the recogniser. */
    private Optional<Embeddings> embeddings(Crops member, List<Omission> omissions) throws Exception {
        try {
            return Optional.of(encoding.encoded(member).embeddings());
        } catch (IllegalArgumentException
                | ImageException
                | DatasetException
                | MissingObjectException
                | CorruptObjectException e) {
            omissions.add(new Omission("identity " + member.ordinal(), e.getMessage()));
            return Optional.empty();
        }
    }

    private List<ContactRow> contactSheet(List<Crops> members) {
        List<ContactRow> rows = new ArrayList<>();
        for (Crops member : members.subList(0, Math.min(SHOWN_IDENTITIES, members.size()))) {
            shown(member).ifPresent(rows::add);
        }
        return rows;
    }

    private List<Highlight> highlights(Separation separation, List<Crops> members) {
        Map<Long, Crops> byOrdinal = members.stream().collect(Collectors.toMap(Crops::ordinal, Function.identity()));
        return Highlight.of(separation, DatasetEvaluation::name, ordinal -> shownImages(byOrdinal.get(ordinal)));
    }

    private Optional<ContactRow> shown(Crops member) {
        List<RgbImage> images = shownImages(member);
        return images.isEmpty() ? Optional.empty() : Optional.of(new ContactRow(name(member.ordinal()), images));
    }

    private List<RgbImage> shownImages(Crops member) {
        try {
            List<RgbImage> images = CropEncoding.images(store, member.archive());
            return images.subList(0, Math.min(SHOWN_IMAGES, images.size()));
        } catch (ImageException | DatasetException | MissingObjectException | CorruptObjectException e) {
            // the list of what is not judged says why
            return List.of();
        }
    }

    private static String name(long ordinal) {
        return "identity " + ordinal;
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
