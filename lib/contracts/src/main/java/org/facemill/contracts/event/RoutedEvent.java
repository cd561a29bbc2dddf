package org.facemill.contracts.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/** Work that carries its own route: a stage sends its result where the event says, and hands on the rest of the route. */
public sealed interface RoutedEvent extends IdentityEvent permits IdentityContext, RawBlock, AlignedBlock {

    /** A topic's name in Facemill. */
    String TOPIC_PATTERN = "facemill\\.[A-Za-z0-9._-]+";

    /** Topic for this stage's result. */
    String nextTopic();

    /** Topics for the results of the stages after this one, in their order. */
    List<String> laterTopics();

    /** The {@link #nextTopic} of this stage's result. */
    @JsonIgnore
    default String topicAfterNext() {
        return laterTopics().get(0);
    }

    /** The {@link #laterTopics} of this stage's result. */
    @JsonIgnore
    default List<String> topicsAfterThat() {
        return laterTopics().subList(1, laterTopics().size());
    }
}
