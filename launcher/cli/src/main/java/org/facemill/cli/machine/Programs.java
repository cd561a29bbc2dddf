package org.facemill.cli.machine;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The programs of one machine and their settings.
 *
 * <p>The thread budget is shared out by {@code services.yaml}: sampling and training, which never run at once for one run,
 * get all of it, since they decide how long a run takes; detection and encoding keep up with a quarter.
 */
public final class Programs {

    public static final String BROKER = "broker";
    public static final String STORE = "store";
    public static final String CONTEXT = "context-service";
    /** Everything that runs, in the order of its start. */
    public static final List<String> ALL =
            Stream.concat(Stream.of(BROKER, STORE), Services.all().stream()).toList();

    /** Of topics of work, which few workers share here: the fewer, the sooner broker and services are ready. */
    private static final int FEWEST_PARTITIONS = 4;

    private static final int NATIVE_ACCESS_FLAG_SINCE = 24;
    private static final String CHILD_MAIN = "org.facemill.child.ParentWatch";
    private static final String QUARKUS_MAIN = "io.quarkus.runner.GeneratedMain";
    private static final String LOG_MANAGER = "-Djava.util.logging.manager=org.jboss.logmanager.LogManager";

    private final Home home;
    private final State state;
    private final Map<String, Integer> ports;
    private final int threads;
    private final StoreKeys keys;

    /**
     * @param ports of every program by its name
     * @param threads of the machine, to be shared out
     * @param keys of the object store
     */
    Programs(Home home, State state, Map<String, Integer> ports, int threads, StoreKeys keys) {
        this.home = home;
        this.state = state;
        this.ports = Map.copyOf(ports);
        this.threads = threads;
        this.keys = keys;
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
                        "org.facemill.broker.BrokerMain",
                        state.brokerData()),
                server(STORE, List.of("-Xmx256m"), "org.facemill.store.StoreMain", state.storeData()));
    }

    /** Services by their names, against the given Kafka and object store. */
    List<Program> services(List<String> names, Endpoints endpoints) {
        return names.stream().map(name -> service(name, endpoints)).toList();
    }

    /** The Kafka and the object store that {@link #infrastructure} starts. */
    Endpoints endpoints() {
        return new Endpoints(
                "127.0.0.1:" + ports.get(BROKER),
                URI.create("http://127.0.0.1:" + ports.get(STORE)),
                keys.accessKey(),
                keys.secretKey(),
                "");
    }

    private Program server(String name, List<String> flags, String main, Path data) {
        List<Path> classPath = home.classPath(name);
        List<String> command = java(flags, classPath, main);
        command.addAll(List.of(data.toString(), ports.get(name).toString()));
        return new Program(
                name,
                command,
                environment(endpoints()),
                URI.create("tcp://127.0.0.1:" + ports.get(name)),
                Optional.empty(),
                Optional.of(new ClassArchive(home.classArchive(name), classPath)));
    }

    private Program service(String name, Endpoints endpoints) {
        ServiceDescriptor service = Services.named(name);
        List<String> flags = new ArrayList<>(List.of("-Xmx" + service.heap(), LOG_MANAGER));
        if (service.firstCompilerOnly()) {
            flags.add("-XX:TieredStopAtLevel=1");
        }
        List<Path> classPath = home.classPath(name);
        List<String> command = java(flags, classPath, QUARKUS_MAIN);
        Map<String, String> environment = environment(endpoints);
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", ports.get(name).toString());
        environment.put("FACEMILL_TOPICS_PARTITIONS", String.valueOf(Math.max(FEWEST_PARTITIONS, threads)));
        environment.put("FACEMILL_TOPICS_OTHER_PARTITIONS", "1");
        environment.put("FACEMILL_THREADS", String.valueOf(service.threads().of(threads)));
        environment.put("OMP_WAIT_POLICY", "passive");
        if (name.equals(CONTEXT)) {
            environment.put(
                    "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:h2:file:" + state.ledger() + ";DB_CLOSE_ON_EXIT=FALSE");
        }
        URI health = URI.create("http://127.0.0.1:" + ports.get(name) + "/q/health/");
        return new Program(
                name,
                command,
                environment,
                health.resolve("ready"),
                Optional.of(health.resolve("live")),
                Optional.of(new ClassArchive(home.classArchive(name), classPath)));
    }

    /** Options of every program; names of files are UTF-8 in every locale, and Java takes their encoding from it alone. */
    private static Map<String, String> environment(Endpoints endpoints) {
        Map<String, String> environment = new HashMap<>(endpoints.environment());
        environment.put("LC_ALL", "C.UTF-8");
        return environment;
    }

    /** One flat class path, not Quarkus' own loader: only classes of the JVM's loaders can be archived. */
    private static List<String> java(List<String> flags, List<Path> classPath, String main) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dfile.encoding=UTF-8");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:+ExitOnOutOfMemoryError");
        if (Runtime.version().feature() >= NATIVE_ACCESS_FLAG_SINCE) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(flags);
        command.add("-cp");
        command.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(CHILD_MAIN);
        command.add(main);
        return command;
    }
}
