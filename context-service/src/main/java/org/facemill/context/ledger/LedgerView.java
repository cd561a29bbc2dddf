package org.facemill.context.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.facemill.contracts.event.RunState;
import org.facemill.contracts.recipe.run.Recipe;

/** Read-only queries of the ledger beside the state of runs. Every method is one transaction. */
@ApplicationScoped
public class LedgerView {

    private final LedgerRepository repository;

    LedgerView(LedgerRepository repository) {
        this.repository = repository;
    }

    /** The names of all runs, the latest first. */
    @Transactional
    public List<String> runs() {
        return repository.runNames();
    }

    /** The names of the runs that are not over. */
    @Transactional
    public List<String> liveRuns() {
        return repository.runNames(RunState.RUNNING, RunState.FINISHING);
    }

    /** A run's recipe, whether or not it is over; empty where there is no such run. */
    @Transactional
    public Optional<Recipe> recipe(String run) {
        return repository.run(run).map(Run::recipe);
    }

    /** Identities from an ordinal on, no more than some; none where there is no such run. */
    @Transactional
    public List<IdentityStatus> identities(String run, long from, int limit) {
        return statuses(run, repository.identities(run, from, limit));
    }

    /** Identities that were discarded or failed, the lowest ordinals first. */
    @Transactional
    public List<IdentityStatus> lost(String run, int limit) {
        return statuses(run, repository.lost(run, limit));
    }

    /** Identities of which anything was heard since, the latest last. */
    @Transactional
    public List<IdentityStatus> heardSince(String run, Instant since, int limit) {
        return statuses(run, repository.heardSince(run, since, limit));
    }

    @Transactional
    public Optional<IdentityStatus> identity(String run, long ordinal) {
        return repository
                .run(run)
                .flatMap(of -> repository.identity(run, ordinal).map(identity -> identity.asStatus(of)));
    }

    /** The ordinals of the first complete identities. */
    @Transactional
    public List<Long> complete(String run, int limit) {
        return repository.complete(run, limit);
    }

    /** A version of a dataset that is packed. */
    @Schema(description = "A version of a dataset that is packed")
    public record SealedVersion(String run, int version, int identities, int images) {}

    /** All versions that are packed, those of the latest run first. */
    @Transactional
    public List<SealedVersion> sealedVersions() {
        return repository.versions(DatasetVersion.State.SEALED).stream()
                .map(version -> new SealedVersion(
                        version.run(),
                        version.number(),
                        version.size(),
                        repository.run(version.run()).orElseThrow().images()))
                .sorted(Comparator.comparing(SealedVersion::run).reversed().thenComparing(SealedVersion::version))
                .toList();
    }

    private List<IdentityStatus> statuses(String run, List<Identity> identities) {
        return repository
                .run(run)
                .map(of -> identities.stream()
                        .map(identity -> identity.asStatus(of))
                        .toList())
                .orElse(List.of());
    }
}
