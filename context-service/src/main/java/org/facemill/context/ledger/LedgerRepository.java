package org.facemill.context.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.facemill.contracts.event.EvaluationKind;
import org.facemill.contracts.event.Outcome;
import org.facemill.contracts.event.RunState;

/** Every query and update of the ledger's tables. To be called within a transaction. */
@ApplicationScoped
class LedgerRepository {

    private final EntityManager entities;

    LedgerRepository(EntityManager entities) {
        this.entities = entities;
    }

    /** Adds a row. */
    void add(Object entity) {
        entities.persist(entity);
    }

    Optional<Run> run(String name) {
        return Optional.ofNullable(entities.find(Run.class, name));
    }

    /** A run whose row is locked until the transaction ends; must be the transaction's first read of it. */
    Optional<Run> lockRun(String name) {
        return Optional.ofNullable(entities.find(Run.class, name, LockModeType.PESSIMISTIC_WRITE));
    }

    /** All runs, the latest first. */
    List<Run> runs() {
        return entities.createQuery("from Run order by startedAt desc", Run.class)
                .getResultList();
    }

    /** The names of all runs, the latest first. */
    List<String> runNames() {
        return entities.createQuery("select name from Run order by startedAt desc", String.class)
                .getResultList();
    }

    /** The names of runs in any of some states. */
    List<String> runNames(RunState... states) {
        return entities.createQuery("select name from Run where state in :states", String.class)
                .setParameter("states", Arrays.asList(states))
                .getResultList();
    }

    /** Runs in any of some states, the oldest first. */
    List<Run> runs(RunState... states) {
        return entities.createQuery("from Run where state in :states order by startedAt", Run.class)
                .setParameter("states", Arrays.asList(states))
                .getResultList();
    }

    Optional<Identity> identity(String run, long ordinal) {
        return Optional.ofNullable(entities.find(Identity.class, new Identity.Key(run, ordinal)));
    }

    /** Identities from an ordinal on. */
    List<Identity> identities(String run, long from, int limit) {
        return entities.createQuery(
                        "from Identity where run = :run and ordinal >= :from order by ordinal", Identity.class)
                .setParameter("run", run)
                .setParameter("from", from)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Identities that were discarded or failed, the lowest ordinals first. */
    List<Identity> lost(String run, int limit) {
        return entities.createQuery(
                        "from Identity where run = :run and outcome in :lost order by ordinal", Identity.class)
                .setParameter("run", run)
                .setParameter("lost", List.of(Outcome.DISCARDED, Outcome.FAILED))
                .setMaxResults(limit)
                .getResultList();
    }

    /** The ordinals of the first complete identities. */
    List<Long> complete(String run, int limit) {
        return entities.createQuery(
                        "select ordinal from Identity where run = :run and outcome = :complete order by ordinal",
                        Long.class)
                .setParameter("run", run)
                .setParameter("complete", Outcome.COMPLETE)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Identities of which anything was heard since, the latest last. */
    List<Identity> heardSince(String run, Instant since, int limit) {
        return entities.createQuery(
                        "from Identity where run = :run and heardAt >= :since order by heardAt, ordinal",
                        Identity.class)
                .setParameter("run", run)
                .setParameter("since", since)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Identities in flight of which nothing was heard for some time. */
    List<Identity> silent(String run, Instant since, int limit) {
        return entities.createQuery(
                        "from Identity where run = :run and outcome is null and heardAt < :since order by ordinal",
                        Identity.class)
                .setParameter("run", run)
                .setParameter("since", since)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Identities without an outcome, the lowest ordinals first. */
    List<Identity> unended(String run) {
        return entities.createQuery(
                        "from Identity where run = :run and outcome is null order by ordinal", Identity.class)
                .setParameter("run", run)
                .getResultList();
    }

    List<DatasetVersion> versions(String run) {
        return entities.createQuery("from DatasetVersion where run = :run order by number", DatasetVersion.class)
                .setParameter("run", run)
                .getResultList();
    }

    Optional<DatasetVersion> version(String run, int number) {
        return Optional.ofNullable(entities.find(DatasetVersion.class, new DatasetVersion.Key(run, number)));
    }

    /** Versions of all runs in a state. */
    List<DatasetVersion> versions(DatasetVersion.State state) {
        return entities.createQuery("from DatasetVersion where state = :state", DatasetVersion.class)
                .setParameter("state", state)
                .getResultList();
    }

    List<ExpectedEvaluation> evaluations(String run) {
        return entities.createQuery("from ExpectedEvaluation where run = :run", ExpectedEvaluation.class)
                .setParameter("run", run)
                .getResultList();
    }

    Optional<ExpectedEvaluation> evaluation(String run, EvaluationKind kind, String model, String subject) {
        return Optional.ofNullable(
                entities.find(ExpectedEvaluation.class, new ExpectedEvaluation.Key(run, kind, model, subject)));
    }

    /** The next records to be sent, in the order in which they were written. */
    List<OutboxEntry> outbox(int limit) {
        return entities.createQuery("from OutboxEntry order by id", OutboxEntry.class)
                .setMaxResults(limit)
                .getResultList();
    }

    void removeFromOutbox(Collection<Long> ids) {
        entities.createQuery("delete from OutboxEntry where id in :ids")
                .setParameter("ids", ids)
                .executeUpdate();
    }

    /** Removes what is still to be sent of a run. */
    void emptyOutbox(String run) {
        entities.createQuery("delete from OutboxEntry where run = :run")
                .setParameter("run", run)
                .executeUpdate();
    }

    /** Takes the right to send what the outbox holds until the transaction ends; false where another service has it. */
    boolean lockOutbox() {
        return !entities.createNativeQuery("select id from outbox_lock for update skip locked")
                .getResultList()
                .isEmpty();
    }
}
