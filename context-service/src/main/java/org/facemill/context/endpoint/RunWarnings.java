package org.facemill.context.endpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.RunState;
import org.facemill.contracts.recipe.run.Recipe;

/** Says what a run may wait for in vain: a topic on its way that nobody reads. */
@ApplicationScoped
class RunWarnings {

    private static final String TRAINER = "fr-trainer";
    /** This service reads every topic to count what passes; it does no stage's work. */
    private static final String OWN = "context";

    private final ConsumerGroups consumers;

    RunWarnings(ConsumerGroups consumers) {
        this.consumers = consumers;
    }

    /**
     * Somebody that a run needs.
     *
     * @param topic that it reads
     * @param who it is, for people
     * @param group tells its consumer group from others that read the same topic
     */
    private record Needed(String topic, String who, Predicate<String> group) {

        Needed(String topic, String who) {
            this(topic, who, group -> !group.equals(OWN));
        }
    }

    /** The warnings for a run of this recipe in this state; none where all is read, or the broker does not answer. */
    List<String> of(Recipe recipe, RunState state) {
        Optional<Map<String, Set<String>>> groups = consumers.groups();
        return groups.isEmpty()
                ? List.of()
                : needed(recipe, state).stream()
                        .filter(needed -> groups.get().getOrDefault(needed.topic(), Set.of()).stream()
                                .noneMatch(needed.group()))
                        .map(needed ->
                                "nobody reads " + needed.topic() + ": the run waits for " + needed.who() + "; start it")
                        .toList();
    }

    private static List<Needed> needed(Recipe recipe, RunState state) {
        List<Needed> needed = new ArrayList<>();
        if (state.terminal()) {
            return needed;
        }
        if (state == RunState.RUNNING) {
            String sampler = recipe.sampling().sampler();
            String aligner = recipe.alignment().aligner();
            needed.add(new Needed(Topics.identityContexts(sampler), "sampler " + sampler));
            needed.add(new Needed(Topics.rawBlocks(aligner), "aligner " + aligner));
            needed.add(new Needed(Topics.ALIGNED_BLOCKS, "the splitter"));
        }
        needed.add(new Needed(Topics.DATASET_REQUESTS, "the splitter"));
        needed.add(new Needed(
                Topics.DATASET_SEALED, "the evaluator", group -> !group.equals(TRAINER) && !group.equals(OWN)));
        if (recipe.training().enabled()) {
            needed.add(new Needed(Topics.DATASET_SEALED, "the trainer of recognisers", TRAINER::equals));
            needed.add(new Needed(Topics.FR_MODELS, "the evaluator"));
        }
        return needed;
    }
}
