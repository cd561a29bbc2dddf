package org.facemill.cli.machine;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The programs of one machine and their settings.
 *
 * <p>The thread budget is shared out: sampling and training, which never run at once for one run, get all of it, since they
 * decide how long a run takes; detection and encoding keep up with a quarter.
 */
public final class Programs {

    public static final String BROKER = "broker";
    public static final String STORE = "store";
    public static final String CONTEXT = "context-service";
    /** What makes and judges datasets. */
    public static final List<String> DATASET_SERVICES = List.of(
            CONTEXT,
            "sampler-service",
            "painter-sampler",
            "aligner-service",
            "splitter-service",
            "fr-trainer-service",
            "evaluator-service");
    /** And what makes generators. */
    public static final List<String> SERVICES = Stream.concat(
                    DATASET_SERVICES.stream(), Stream.of("ldm-trainer-service"))
            .toList();

    public static final List<String> ALL =
            Stream.concat(Stream.of(BROKER, STORE), SERVICES.stream()).toList();

    /** What each sampler is called in recipes. */
    private static final Map<String, String> SAMPLERS =
            Map.of("sampler-service", "diffusion", "painter-sampler", "painter");

    private static final List<String> ALL_THREADS =
            List.of("sampler-service", "fr-trainer-service", "ldm-trainer-service");
    /** Whose own Java code does little: the second compiler would cost more of the start than it ever gives back. */
    private static final List<String> LITTLE_JAVA =
            List.of(CONTEXT, "sampler-service", "splitter-service", "fr-trainer-service", "ldm-trainer-service");

    private static final int NATIVE_ACCESS_FLAG_SINCE = 24;

    private final Home home;
    private final State state;
    private final Map<String, Integer> ports;
    private final int threads;

    /**
     * @param ports of every program by its name
     * @param threads of the machine, to be shared out
     */
    Programs(Home home, State state, Map<String, Integer> ports, int threads) {
        this.home = home;
        this.state = state;
        this.ports = Map.copyOf(ports);
        this.threads = threads;
    }

    /** What makes and judges datasets by one sampler: the others would only cost the time of their start. */
    public static List<String> datasetServices(String sampler) {
        return DATASET_SERVICES.stream()
                .filter(name -> SAMPLERS.getOrDefault(name, sampler).equals(sampler))
                .toList();
    }

    Map<String, Integer> ports() {
        return ports;
    }

    /** Kafka and the object store, which the services need. */
    List<Program> infrastructure() {
        return List.of(
                server(
                        BROKER,
                        List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"),
                        home.brokerClassPath(),
                        "org.facemill.broker.BrokerMain",
                        state.brokerData()),
                server(
                        STORE,
                        List.of("-Xmx256m"),
                        home.storeClassPath(),
                        "org.facemill.store.StoreMain",
                        state.storeData()));
    }

    /** Services by their names, against the given Kafka and object store. */
    List<Program> services(List<String> names, Endpoints endpoints) {
        return names.stream().map(name -> service(name, endpoints)).toList();
    }

    /** The Kafka and the object store that {@link #infrastructure} starts. */
    Endpoints endpoints() {
        return Endpoints.local("127.0.0.1:" + ports.get(BROKER), URI.create("http://127.0.0.1:" + ports.get(STORE)));
    }

    private Program server(String name, List<String> flags, String classPath, String main, Path data) {
        List<String> command = java(flags);
        command.addAll(
                List.of("-cp", classPath, main, data.toString(), ports.get(name).toString()));
        return new Program(
                name,
                command,
                endpoints().environment(),
                URI.create("tcp://127.0.0.1:" + ports.get(name)),
                Optional.empty());
    }

    private Program service(String name, Endpoints endpoints) {
        List<String> command =
                java(LITTLE_JAVA.contains(name) ? List.of("-Xmx1g", "-XX:TieredStopAtLevel=1") : List.of("-Xmx1g"));
        command.addAll(List.of("-jar", home.serviceJar(name).toString()));
        Map<String, String> environment = new HashMap<>(endpoints.environment());
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", ports.get(name).toString());
        environment.put(
                "FACEMILL_THREADS", String.valueOf(ALL_THREADS.contains(name) ? threads : Math.max(1, threads / 4)));
        environment.put("OMP_WAIT_POLICY", "passive");
        if (name.equals(CONTEXT)) {
            environment.put(
                    "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:h2:file:" + state.ledger() + ";DB_CLOSE_ON_EXIT=FALSE");
        }
        URI health = URI.create("http://127.0.0.1:" + ports.get(name) + "/q/health/");
        return new Program(name, command, environment, health.resolve("ready"), Optional.of(health.resolve("live")));
    }

    private List<String> java(List<String> flags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-javaagent:" + home.childAgent());
        command.add("-XX:+UseSerialGC");
        command.add("-XX:+ExitOnOutOfMemoryError");
        if (Runtime.version().feature() >= NATIVE_ACCESS_FLAG_SINCE) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(flags);
        return command;
    }
}
