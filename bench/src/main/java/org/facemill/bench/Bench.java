package org.facemill.bench;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.Callable;
import org.facemill.bench.chaos.Chaos;
import org.facemill.torch.Torch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The benchmarks' entry point. */
@Command(
        name = "bench",
        description = "Measures speed; without arguments lists what there is.",
        subcommands = Chaos.class,
        mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {
    private static final List<Section> SECTIONS = List.of(
            Forward.unet(),
            Forward.decode(),
            new SamplingSpeed(),
            new Bf16Images(),
            new Memory(),
            new TrainingSteps(),
            new Export(),
            new AlignmentSpeed(),
            new DetectionRate(),
            new Recognition(),
            new Pairs());

    @Parameters(paramLabel = "SECTION", arity = "0..*", description = "sections to run")
    private List<String> names = List.of();

    @Option(names = "--calls", defaultValue = "5", description = "timed calls per figure (default ${DEFAULT-VALUE})")
    private int calls;

    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        if (names.isEmpty()) {
            SECTIONS.forEach(section -> System.out.printf("%-12s %s%n", section.name(), section.description()));
            System.out.println("Beside them: bench/run.sh chaos --help");
            return 0;
        }
        System.out.printf(
                "%d processors, %d native threads on %s, load %.1f%n",
                Runtime.getRuntime().availableProcessors(),
                Torch.threads(),
                Torch.device(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        for (String name : names) {
            Section section = SECTIONS.stream()
                    .filter(s -> s.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "no section '" + name + "'; without arguments they are listed"));
            System.out.println(section.name() + ": " + section.description());
            section.run(calls, line -> System.out.println("  " + line));
        }
        return 0;
    }
}
