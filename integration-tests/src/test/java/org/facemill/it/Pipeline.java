package org.facemill.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.Result;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.facemill.cli.machine.Endpoints;
import org.facemill.cli.machine.Home;
import org.facemill.cli.machine.Machine;
import org.facemill.cli.machine.Programs;
import org.facemill.cli.machine.Services;
import org.facemill.cli.machine.State;
import org.facemill.cli.output.CommandException;
import org.facemill.cli.runs.RunClient;
import org.facemill.cli.runs.RunStatus;
import org.facemill.contracts.Buckets;
import org.facemill.contracts.Json;
import org.facemill.contracts.event.RunState;

/** The running system, as the tests see it. */
final class Pipeline implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int POLL_MILLIS = 100;
    private static final int SOONER_THAN_IT_LISTENS_MILLIS = 300;

    private static final Home HOME = new Home(Path.of(System.getProperty("facemill.root")));
    private static final int THREADS = 2;
    /** Programs are killed more often than a crash loop would be borne with. */
    private static final int RESTARTS = 10_000;

    private final Infrastructure infrastructure;
    private final Machine machine;
    private final State state;
    private final RunClient runs;
    private final MinioClient store;

    private Pipeline(Infrastructure infrastructure, Machine machine, State state) {
        this.infrastructure = infrastructure;
        this.state = state;
        this.machine = machine;
        this.runs = new RunClient(machine.url(Programs.CONTEXT));
        Endpoints endpoints = machine.endpoints();
        this.store = MinioClient.builder()
                .endpoint(endpoints.store().toString())
                .credentials(endpoints.accessKey(), endpoints.secretKey())
                .build();
    }

    static Pipeline start(Path state) throws Exception {
        Infrastructure infrastructure = Infrastructure.start();
        return new Pipeline(
                infrastructure, infrastructure.machine(settings(state, Services.forDatasets())), new State(state));
    }

    /** Starts one more of each service named, as another machine would. */
    Machine startMore(Path state, List<String> services) throws IOException, InterruptedException {
        return Machine.startServices(settings(state, services), machine.endpoints());
    }

    private static Machine.Settings settings(Path state, List<String> services) {
        return new Machine.Settings(HOME, new State(state), services, 0, THREADS, RESTARTS, System.err::println);
    }

    Endpoints endpoints() {
        return machine.endpoints();
    }

    /** The same broker and store, as an installation with a prefix of its own has them; its buckets are made. */
    Endpoints sharedBy(String prefix) throws MinioException {
        Endpoints own = machine.endpoints();
        for (String bucket : List.of(
                Buckets.RUNS,
                Buckets.BLOCKS,
                Buckets.ALIGNED,
                Buckets.CROPS,
                Buckets.EMBEDDINGS,
                Buckets.EVALUATIONS)) {
            store.makeBucket(MakeBucketArgs.builder().bucket(prefix + bucket).build());
        }
        return new Endpoints(own.kafka(), own.store(), own.accessKey(), own.secretKey(), prefix);
    }

    /** The variables that {@code facemill env} prints. */
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>(machine.endpoints().environment());
        environment.put("FACEMILL_SERVER", machine.url(Programs.CONTEXT).toString());
        return environment;
    }

    RunClient runs() {
        return runs;
    }

    /** Kills a service, the broker or the store, and waits until it is back. */
    void killAndAwait(String program) throws InterruptedException {
        infrastructure.kill(machine, program);
    }

    /** Freezes programs (SIGSTOP), all at once, for so long; nothing else tells anyone of it. */
    void freeze(Duration time, List<String> programs) throws IOException, InterruptedException {
        List<Long> pids =
                programs.stream().map(machine::process).map(ProcessHandle::pid).toList();
        signal("STOP", pids);
        try {
            Thread.sleep(time.toMillis());
        } finally {
            signal("CONT", pids);
        }
    }

    /** Kills a program, and each that is started in its place, for so long: nobody listens on its port. Returns when it is back. */
    void keepDown(Duration time, String program) throws InterruptedException {
        long over = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < over) {
            machine.kill(program);
            Thread.sleep(SOONER_THAN_IT_LISTENS_MILLIS);
        }
        machine.awaitReady(program);
    }

    private static void signal(String signal, List<Long> pids) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        pids.forEach(pid -> command.add(pid.toString()));
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new AssertionError(command + " ended with " + status);
        }
    }

    /** The processes of programs by their names, to see later whether any was started again. */
    Map<String, ProcessHandle> processes(List<String> programs) {
        return programs.stream().collect(Collectors.toMap(program -> program, machine::process));
    }

    /** Stops services in order, all at once, and waits until they are back. */
    void stopAndAwait(List<String> services) throws InterruptedException {
        machine.restart(services);
        for (String service : services) {
            machine.awaitReady(service);
        }
    }

    /** Submits a recipe and waits until its run is completed; returns the run's name. */
    String complete(String recipe) throws IOException, InterruptedException {
        return completed(runs.submit(recipe).run());
    }

    /** Waits until a run is completed; fails where it ends otherwise. Returns its name. */
    String completed(String run) throws InterruptedException {
        RunStatus end = await(run, status -> status.state().terminal());
        if (end.state() != RunState.COMPLETED) {
            throw new AssertionError("run " + run + " ended " + end.state() + ": " + end.reason());
        }
        return run;
    }

    /** Waits until a stage has done something of a run. */
    void awaitBegun(String run, String stage) throws InterruptedException {
        await(run, status -> status.stages().stream().anyMatch(s -> s.stage().equals(stage) && s.done() > 0));
    }

    /** The manifest of the first version of a run's dataset. */
    JsonNode manifest(String run) throws MinioException, IOException {
        return manifest(run, 1);
    }

    JsonNode manifest(String run, int version) throws MinioException, IOException {
        return Json.MAPPER.readTree(object(Buckets.DATASETS, Buckets.manifest(run, version)));
    }

    /** The pictures of a run's dataset, as folders: path to bytes. */
    Map<String, byte[]> images(String run) throws MinioException, IOException {
        Map<String, byte[]> files = objects(Buckets.DATASETS, Buckets.dataset(run, 1) + "folder/");
        files.remove("identities.csv");
        return files;
    }

    /** The digest of a run's dataset. */
    String digest(String run) throws MinioException, IOException {
        return manifest(run).path("digest").asText();
    }

    /** Records that a service has worked on, by its metrics. */
    static double recordsDone(URI service) throws IOException, InterruptedException {
        HttpRequest metrics =
                HttpRequest.newBuilder(service.resolve("/q/metrics")).build();
        return HttpClient.newHttpClient()
                .send(metrics, BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith("facemill_records_total") && line.contains("result=\"done\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Names of our own metrics of all services, a summary's without its ending. */
    Set<String> metrics() throws IOException, InterruptedException {
        Set<String> names = new TreeSet<>();
        for (String service : Services.forDatasets()) {
            HttpRequest metrics = HttpRequest.newBuilder(machine.url(service).resolve("/q/metrics"))
                    .build();
            HttpClient.newHttpClient()
                    .send(metrics, BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith("facemill_"))
                    .map(line -> line.replaceFirst("[ {].*", "").replaceFirst("_(count|sum|max)$", ""))
                    .forEach(names::add);
        }
        return names;
    }

    /** What each program of this machine has logged. */
    Map<String, String> logs() throws IOException {
        Map<String, String> logs = new TreeMap<>();
        try (Stream<Path> files = Files.list(state.logs())) {
            for (Path file : files.toList()) {
                logs.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return logs;
    }

    /** Waits until a run is as the condition says; fails when it takes too long. */
    RunStatus await(String run, Predicate<RunStatus> condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        RunStatus last = null;
        while (System.nanoTime() < deadline) {
            try {
                last = runs.status(run);
                if (condition.test(last)) {
                    return last;
                }
            } catch (IOException | CommandException e) {
                // context-service may be the one that was killed
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new AssertionError("run " + run + " is still " + last + " after " + PATIENCE.toSeconds() + " s");
    }

    byte[] object(String bucket, String key) throws MinioException, IOException {
        try (InputStream object = store.getObject(
                GetObjectArgs.builder().bucket(bucket).object(key).build())) {
            return object.readAllBytes();
        }
    }

    void put(String bucket, String key, byte[] bytes) {
        PutObjectArgs object = PutObjectArgs.builder().bucket(bucket).object(key).stream(
                        new ByteArrayInputStream(bytes), (long) bytes.length, -1L)
                .build();
        try {
            store.putObject(object);
        } catch (MinioException e) {
            throw new AssertionError("cannot put " + bucket + "/" + key, e);
        }
    }

    /** Puts a shipped model into the models bucket. */
    void putModel(String name) throws IOException {
        try (Stream<Path> files = Files.walk(HOME.models().resolve(name))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                put(Buckets.MODELS, HOME.models().relativize(file).toString(), Files.readAllBytes(file));
            }
        }
    }

    /** The objects under a prefix: key behind the prefix to bytes. */
    Map<String, byte[]> objects(String bucket, String prefix) throws MinioException, IOException {
        Map<String, byte[]> objects = new TreeMap<>();
        ListObjectsArgs all = ListObjectsArgs.builder()
                .bucket(bucket)
                .prefix(prefix)
                .recursive(true)
                .build();
        for (Result<Item> item : store.listObjects(all)) {
            String key = item.get().objectName();
            objects.put(key.substring(prefix.length()), object(bucket, key));
        }
        return objects;
    }

    @Override
    public void close() {
        machine.close();
        infrastructure.close();
    }
}
