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
                environment(endpoints()),
                URI.create("tcp://127.0.0.1:" + ports.get(name)),
                Optional.empty());
    }

    private Program service(String name, Endpoints endpoints) {
        ServiceDescriptor service = Services.named(name);
        List<String> command = java(List.of("-Xmx" + service.heap()));
        if (service.firstCompilerOnly()) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.addAll(List.of("-jar", home.serviceJar(name).toString()));
        Map<String, String> environment = environment(endpoints);
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", ports.get(name).toString());
        environment.put("FACEMILL_THREADS", String.valueOf(service.threads().of(threads)));
        environment.put("OMP_WAIT_POLICY", "passive");
        if (name.equals(CONTEXT)) {
            environment.put(
                    "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:h2:file:" + state.ledger() + ";DB_CLOSE_ON_EXIT=FALSE");
        }
        URI health = URI.create("http://127.0.0.1:" + ports.get(name) + "/q/health/");
        return new Program(name, command, environment, health.resolve("ready"), Optional.of(health.resolve("live")));
    }

    /** What every program is told; names of files are UTF-8 in every locale, and Java takes their encoding from it alone. */
    private static Map<String, String> environment(Endpoints endpoints) {
        Map<String, String> environment = new HashMap<>(endpoints.environment());
        environment.put("LC_ALL", "C.UTF-8");
        return environment;
    }

    private List<String> java(List<String> flags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-javaagent:" + home.childAgent());
        command.add("-Dfile.encoding=UTF-8");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:+ExitOnOutOfMemoryError");
        if (Runtime.version().feature() >= NATIVE_ACCESS_FLAG_SINCE) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(flags);
        return command;
    }
}
