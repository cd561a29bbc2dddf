package org.facemill.context.deadletter;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The record of what was done about dead letters. Every method is one transaction. */
@ApplicationScoped
class Handlings {

    private final EntityManager entities;

    Handlings(EntityManager entities) {
        this.entities = entities;
    }

    /** All, by the dead letter's id. */
    @Transactional
    Map<String, Handling> all() {
        return entities.createQuery("from Handling", Handling.class).getResultList().stream()
                .collect(Collectors.toMap(Handling::id, Function.identity()));
    }

    @Transactional
    void replayed(String id, Instant now) {
        change(id, handling -> handling.replay(now));
    }

    @Transactional
    void dismissed(String id, Instant now) {
        change(id, handling -> handling.dismiss(now));
    }

    private void change(String id, Consumer<Handling> change) {
        Handling handling = Optional.ofNullable(entities.find(Handling.class, id))
                .orElseGet(() -> {
                    Handling fresh = new Handling(id);
                    entities.persist(fresh);
                    return fresh;
                });
        change.accept(handling);
    }
}
