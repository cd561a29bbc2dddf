package org.facemill.architecture;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.facemill.contexts.ContextFiles;
import org.facemill.contexts.StoredSource;
import org.facemill.contracts.registry.Registered;
import org.facemill.contracts.registry.Registrations;
import org.facemill.datasets.DatasetFiles;
import org.facemill.datasets.DatasetFormat;
import org.facemill.datasets.DatasetPlan;
import org.facemill.datasets.DatasetTarget;
import org.facemill.datasets.DatasetWriter;
import org.facemill.datasets.ImageDataset;
import org.facemill.diffusion.sampler.DdimSampler;
import org.facemill.diffusion.sampler.SamplingMethod;
import org.facemill.recognition.backbone.Backbone;
import org.facemill.recognition.head.Cosines;
import org.facemill.recognition.head.MarginHead;
import org.facemill.recognition.training.RateSchedule;
import org.facemill.torch.Layers;
import org.facemill.torch.Value;

/** One more implementation of each kind: a class and a line, as whoever adds one writes them. */
public final class AddedRegistrations implements Registrations {

    @Override
    public List<Registered> registered() {
        return List.of(
                new AddedHead(30),
                new AddedBackbone(0),
                new AddedSchedule(0.25),
                new AddedFormat(),
                new AddedSource(""),
                new SamplingMethod(
                        "added-method",
                        "a method of this test",
                        (schedule, wanted) -> new DdimSampler(schedule, 1, 0, DdimSampler.Variant.PAPER)));
    }

    /** Softmax on cosines, without margin. */
    record AddedHead(
            @DecimalMin("1") @JsonPropertyDescription("factor on the cosines")
            double scale) implements MarginHead {

        @Override
        public String name() {
            return "added-head";
        }

        @Override
        public String description() {
            return "a head of this test";
        }

        @Override
        public Value withMargin(Layers layers, Cosines cosines) {
            return cosines.all();
        }
    }

    /** A colour as embedding. */
    record AddedBackbone(double dropout) implements Backbone {

        @Override
        public String name() {
            return "added-backbone";
        }

        @Override
        public String description() {
            return "a backbone of this test";
        }

        @Override
        public int dimension() {
            return 3;
        }

        @Override
        public Value embeddings(Layers layers, Value images) {
            return images;
        }

        @Override
        public Backbone dropout(double probability) {
            return new AddedBackbone(probability);
        }
    }

    record AddedSchedule(
            @DecimalMin("0") @JsonPropertyDescription("learning rate of all epochs")
            double base) implements RateSchedule {

        @Override
        public String name() {
            return "added-schedule";
        }

        @Override
        public String description() {
            return "a schedule of this test";
        }

        @Override
        public double rate(List<Double> accuracies) {
            return base;
        }
    }

    record AddedFormat() implements DatasetFormat {

        @Override
        public String name() {
            return "added-format";
        }

        @Override
        public String description() {
            return "a format of this test";
        }

        @Override
        public String files() {
            return "an .added file";
        }

        @Override
        public boolean readsInPlace() {
            return true;
        }

        @Override
        public boolean matches(List<String> names) {
            return names.stream().anyMatch(name -> name.endsWith(".added"));
        }

        @Override
        public ImageDataset open(DatasetFiles files, List<String> names, Optional<String> field) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DatasetWriter writer(DatasetPlan plan, DatasetTarget target) {
            throw new UnsupportedOperationException();
        }
    }

    record AddedSource(
            @Pattern(regexp = "[a-z]+") @JsonPropertyDescription("whom the contexts are asked of")
            String oracle) implements StoredSource {

        @Override
        public String name() {
            return "added-source";
        }

        @Override
        public String description() {
            return "a source of this test";
        }

        @Override
        public Map<String, float[]> read(ContextFiles files) {
            return Map.of(oracle, new float[512]);
        }
    }
}
