package org.facemill.cli.commands;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.facemill.cli.machine.Endpoints;
import org.facemill.cli.machine.Instance;
import org.facemill.cli.machine.Machine;
import org.facemill.cli.machine.Programs;
import org.facemill.cli.machine.Services;
import org.facemill.cli.machine.State;
import org.facemill.cli.output.Output;
import org.facemill.cli.output.Range;
import org.facemill.cli.output.Results;
import org.facemill.cli.runs.BucketTransfer;
import org.facemill.cli.runs.RunClient;
import org.facemill.cli.runs.RunFollower;
import org.facemill.cli.runs.RunResult;
import org.facemill.cli.runs.RunStatus;
import org.facemill.contracts.DatasetDigest;
import org.facemill.contracts.event.RunState;
import org.facemill.tensor.WholeFiles;
import org.facemill.torch.Processor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = {
            "Make and judge a small dataset on this machine, from nothing.",
            "Starts the system where none runs, submits a run, follows it, copies its results, and stops what it started. "
                    + "Interrupted and started again, it goes on with the same run."
        })
public final class DemoCommand implements Callable<Integer> {

    private static final ObjectMapper YAML = new YAMLMapper();

    @Mixin
    private Output output;

    @Mixin
    private Results results;

    @Mixin
    private StateOption stateOption;

    @Mixin
    private MachineOptions options;

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            defaultValue = "diffusion",
            description = "Who makes the images: diffusion, the shipped model, or painter (default: ${DEFAULT-VALUE}).")
    private String sampler;

    @Option(
            names = "--identities",
            paramLabel = "N",
            defaultValue = "24",
            description = "Identities in the dataset (default: ${DEFAULT-VALUE}).")
    @Range(min = 1, max = 10_000_000)
    private int identities;

    @Option(
            names = "--images",
            paramLabel = "M",
            defaultValue = "16",
            description = "Images of each identity (default: ${DEFAULT-VALUE}).")
    @Range(min = 1, max = 10_000)
    private int images;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "Seed of all noise; another gives other people (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Folder that dataset, evaluation and recogniser are copied into (default: results/RUN in the state's folder).")
    private Optional<Path> out;

    @Override
    public Integer call() throws IOException, InterruptedException {
        State state = stateOption.state();
        String recipe = recipe();
        Optional<Instance> running = Instance.running(state);
        if (running.isPresent()) {
            output.say("Using the system that runs on " + state.folder() + ".");
            options.show(running.get().url(Programs.CONTEXT), output);
            return run(
                    recipe,
                    new RunClient(running.get().url(Programs.CONTEXT)),
                    running.get().endpoints());
        }
        try (Machine machine = options.start(state, Services.forDatasets(sampler), output)) {
            return run(recipe, new RunClient(machine.url(Programs.CONTEXT)), machine.endpoints());
        }
    }

    private int run(String recipe, RunClient client, Endpoints endpoints) throws IOException, InterruptedException {
        RunStatus run = begin(recipe, client);
        if (out.isPresent()) {
            results.claim(out.get(), Map.of("run", run.run()));
        }
        RunStatus end = new RunFollower(client, output).follow(run.run());
        if (end.state() != RunState.COMPLETED) {
            output.result(end, end.text());
            return 1;
        }
        Path folder = out.orElseGet(() -> stateOption.state().results(run.run()));
        results.claim(folder, Map.of("run", run.run()));
        RunResult result = RunResult.copy(end, BucketTransfer.at(endpoints), folder);
        output.result(result, result.text());
        return 0;
    }

    /** Goes on with the run of an earlier demo of the same recipe, where it did not fail; otherwise submits one. */
    private RunStatus begin(String recipe, RunClient client) throws IOException, InterruptedException {
        Path note =
                stateOption.state().demo(DatasetDigest.sha256(recipe.getBytes()).substring(0, 12));
        if (Files.exists(note)) {
            String name = Files.readString(note);
            Optional<RunStatus> before =
                    client.list().stream().filter(run -> run.run().equals(name)).findFirst();
            if (before.isPresent()
                    && before.get().state() != RunState.FAILED
                    && before.get().state() != RunState.CANCELLED) {
                output.say("Going on with run " + name + ".");
                return before.get();
            }
        }
        RunStatus run = client.submit(recipe);
        Files.createDirectories(note.getParent());
        WholeFiles.write(note, run.run());
        output.say("Run " + run.run() + ": " + identities + " identities of " + images + " images by " + sampler + ".");
        return run;
    }

    private String recipe() throws IOException {
        try (InputStream in = DemoCommand.class.getResourceAsStream("demo.yaml")) {
            ObjectNode recipe = (ObjectNode) YAML.readTree(in);
            recipe.put("identities", identities).put("images", images).put("seed", seed);
            // every worker of the demo runs on this machine, so it may take what is fast here
            String precision = Processor.hasMatrixTiles() ? "bf16" : "fp32";
            ((ObjectNode) recipe.get("sampling")).put("sampler", sampler).put("precision", precision);
            ((ObjectNode) recipe.get("training")).put("precision", precision);
            return YAML.writeValueAsString(recipe);
        }
    }
}
