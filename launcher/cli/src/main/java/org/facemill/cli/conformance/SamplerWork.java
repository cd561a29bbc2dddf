package org.facemill.cli.conformance;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Topics;
import org.facemill.contracts.event.EventType;
import org.facemill.contracts.event.IdentityContext;
import org.facemill.contracts.event.IdentityEvent;
import org.facemill.contracts.event.RawBlock;
import org.facemill.contracts.recipe.run.Recipe;

/**
 * Contexts, of which raw blocks are to come.
 *
 * @param way topics of the results: of this stage, and of the stages after it, which nobody reads
 */
record SamplerWork(String name, Recipe recipe, List<String> way) implements Workpiece {

    @Override
    public String reads() {
        return Topics.identityContexts(name);
    }

    @Override
    public String answersAt() {
        return way.get(0);
    }

    @Override
    public EventType gives() {
        return EventType.RAW_BLOCK;
    }

    @Override
    public boolean failsIdentities() {
        return true;
    }

    @Override
    public IdentityContext make(String run, long ordinal) {
        return new IdentityContext(
                run,
                ordinal,
                0,
                recipe.seed(),
                Faces.context(ordinal),
                recipe.images(),
                recipe.sampling(),
                recipe.alignment(),
                recipe.evaluation().encoder(),
                way.get(0),
                way.subList(1, way.size()));
    }

    @Override
    public Map<String, IdentityEvent> impossible(LongFunction<IdentityEvent> make) {
        Map<String, IdentityEvent> events = new LinkedHashMap<>();
        events.put(
                "next_topic that does not exist",
                Workpiece.changed(make.apply(0), event -> event.put("next_topic", way.get(0) + ".nowhere")));
        if (!recipe.sampling().model().isEmpty()) {
            events.put(
                    "model that does not exist",
                    Workpiece.changed(
                            make.apply(1),
                            event -> event.withObject("/sampling").put("model", "conformance-no-such-model")));
        }
        return events;
    }

    @Override
    public Result inspect(IdentityEvent given, IdentityEvent result, Inspection inspection) throws IOException {
        IdentityContext context = (IdentityContext) given;
        RawBlock raw = (RawBlock) result;
        inspection.handedOn("images", context.images(), raw.images());
        inspection.handedOn("alignment", context.alignment(), raw.alignment());
        inspection.handedOn("encoder", context.encoder(), raw.encoder());
        inspection.way(context, raw.nextTopic(), raw.laterTopics());
        int count = context.images() + context.sampling().spare();
        inspection.content(
                raw.grid().count() == count,
                "the grid has " + raw.grid().count() + " images, images + spare is " + count);
        inspection.content(
                raw.origin().sampler().name().equals(name),
                "origin names the sampler " + raw.origin().sampler().name() + ", recipes call it " + name);
        inspection.liesAt("block", raw.block(), Buckets.BLOCKS, Buckets.block(raw.run(), raw.ordinal()));
        Optional<byte[]> png = inspection.stored("block", raw.block());
        String digest = png.isPresent() ? inspection.pixels(png.get(), raw.grid()) : "";
        return new Result(List.of(raw.block()), digest);
    }
}
