package org.facemill.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.tools.ToolProvider;
import org.facemill.cli.conformance.Check;
import org.facemill.cli.conformance.Examination;
import org.facemill.cli.conformance.Examination.Kind;
import org.facemill.cli.conformance.Examination.Restart;
import org.facemill.cli.conformance.ExaminationRecipe;
import org.facemill.cli.conformance.Report;
import org.facemill.cli.conformance.Report.Verdict;
import org.facemill.cli.machine.Endpoints;
import org.facemill.cli.skeleton.Language;
import org.facemill.cli.skeleton.Skeleton;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Plug-ins keep the contract: our own, and the examples in other languages; who does not is told which sentence. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlugInTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** So few steps make no face; nobody here looks for one. */
    private static final String FEW_STEPS =
            "{identities: 1, images: 2, sampling: {model: demo, method: ddim, steps: 2, spare: 1}}";

    private static final String PYTHON_LIBRARIES = "import boto3, confluent_kafka, jsonschema, PIL";

    private Pipeline pipeline;

    @BeforeAll
    void start(@TempDir Path state) throws Exception {
        pipeline = Pipeline.start(state);
        pipeline.putModel("demo");
    }

    @AfterAll
    void stop() {
        pipeline.close();
    }

    /** All at once: an examination mostly waits. */
    @Test
    void ourOwnPlugInsConform() throws Exception {
        Restart painter = () -> pipeline.killAndAwait("painter-sampler");
        List<Report> reports = together(
                () -> examined(Kind.SAMPLER, "painter", "", Optional.of(painter)),
                () -> examined(Kind.SAMPLER, "diffusion", FEW_STEPS, Optional.empty()),
                () -> examined(Kind.ALIGNER, "mtcnn", "", Optional.empty()),
                () -> examined(Kind.EVALUATOR, "evaluator", "", Optional.empty()));

        assertThat(reports).allSatisfy(report -> {
            assertThat(report.conforms()).as(report.text()).isTrue();
            assertThat(skipped(report)).isSubsetOf(Check.KILLED, Check.ONE_GROUP);
        });
        assertThat(reports.get(0).of(Check.KILLED).verdict()).isEqualTo(Verdict.HOLDS);
    }

    @Test
    void skeletonsInNodeAndPythonConformAndMakeADatasetTogether(@TempDir Path node, @TempDir Path python)
            throws Exception {
        prepareNode(node);
        String interpreter = preparePython(python);
        try (PlugInProcess sampler = new PlugInProcess(pipeline.environment(), node, "node", "sampler.mjs");
                PlugInProcess aligner = new PlugInProcess(pipeline.environment(), python, interpreter, "aligner.py")) {
            String run = pipeline.complete("{identities: 3, images: 2, sampling: {sampler: sketch, spare: 1},"
                    + " alignment: {aligner: centre}}");
            assertThat(pipeline.images(run)).hasSize(3 * 2);

            assertThat(together(
                            () -> examined(Kind.SAMPLER, "sketch", "", Optional.of(sampler)),
                            () -> examined(Kind.ALIGNER, "centre", "", Optional.of(aligner))))
                    .allSatisfy(PlugInTest::assertAllHolds);
        }
    }

    @Test
    void theSkeletonInJavaConformsInAStoreOfSeveralInstallations(@TempDir Path folder) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Endpoints shared = pipeline.sharedBy("team-a-");
        Map<String, String> environment = new TreeMap<>(pipeline.environment());
        environment.putAll(shared.environment());
        try (PlugInProcess sampler =
                new PlugInProcess(environment, folder, java, "-cp", prepareJava(folder), "Sampler")) {
            assertAllHolds(Examination.of(shared, settings(Kind.SAMPLER, "doll", "", PATIENCE, Optional.of(sampler))));
        }
    }

    @Test
    void aCarelessPlugInIsToldWhichSentencesItBreaks() throws Exception {
        try (CarelessSampler careless = new CarelessSampler(pipeline)) {
            Report report = Examination.of(
                    pipeline.endpoints(),
                    settings(Kind.SAMPLER, CarelessSampler.NAME, "", Duration.ofSeconds(5), Optional.empty()));

            assertThat(report.checks().stream()
                            .filter(check -> check.verdict() == Verdict.BROKEN)
                            .map(Report.Line::check))
                    .as(report.text())
                    .containsExactlyInAnyOrder(
                            Check.EXTENSIONS,
                            Check.CONTENT,
                            Check.REPEATED,
                            Check.FOUND,
                            Check.DETERMINED,
                            Check.DROPPED,
                            Check.REFUSED,
                            Check.FAILED);
            assertThat(report.of(Check.CONTENT).why())
                    .anyMatch(why -> why.contains("the grid has 2 images, images + spare is 3"));
            assertThat(report.of(Check.DROPPED).sentence()).isEqualTo("duty 6");
            assertThat(report.of(Check.REFUSED).why())
                    .contains("no header ce_type: answered as if it were well", "no JSON: no dead letter");
        }
    }

    private static void assertAllHolds(Report report) {
        assertThat(report.checks()).as(report.text()).allMatch(check -> check.verdict() == Verdict.HOLDS);
    }

    private Report examined(Kind kind, String name, String recipe, Optional<Restart> restart)
            throws IOException, InterruptedException {
        return Examination.of(pipeline.endpoints(), settings(kind, name, recipe, PATIENCE, restart));
    }

    private static Examination.Settings settings(
            Kind kind, String name, String recipe, Duration patience, Optional<Restart> restart) {
        return new Examination.Settings(
                kind,
                name,
                ExaminationRecipe.of(kind, name, Optional.of(recipe).filter(text -> !text.isEmpty())),
                patience,
                restart,
                words -> System.err.println(name + ": " + words));
    }

    private static List<Check> skipped(Report report) {
        return report.checks().stream()
                .filter(check -> check.verdict() == Verdict.SKIPPED)
                .map(Report.Line::check)
                .toList();
    }

    @SafeVarargs
    private static List<Report> together(Callable<Report>... examinations) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(examinations.length);
        try {
            List<Report> reports = new ArrayList<>();
            for (Future<Report> report : threads.invokeAll(List.of(examinations))) {
                reports.add(report.get());
            }
            return reports;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Skips, and says so, where Node.js or its libraries cannot be had. */
    private static void prepareNode(Path folder) throws IOException, InterruptedException {
        new Skeleton(Language.NODE, Skeleton.Kind.SAMPLER, "sketch").write(folder);
        if (!PlugInProcess.works(folder, "node", "-e", "process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)")) {
            abort("no Node.js 20 here: its example is not tested");
        }
        if (!PlugInProcess.works(folder, "npm", "install", "--no-audit", "--no-fund", "--no-package-lock")) {
            abort("npm install fails here: the example in Node.js is not tested");
        }
    }

    /** The interpreter that has the libraries; skips, and says so, where none has. */
    private static String preparePython(Path folder) throws IOException, InterruptedException {
        new Skeleton(Language.PYTHON, Skeleton.Kind.ALIGNER, "centre").write(folder);
        for (String python : List.of("python3", "/usr/bin/python3")) {
            if (PlugInProcess.works(folder, python, "-c", PYTHON_LIBRARIES)) {
                return python;
            }
        }
        return abort("no Python 3 with the libraries of examples/python/README.md here: its example is not tested");
    }

    /** Compiles it against the libraries of these tests, which are those of its own build; returns the class path. */
    private static String prepareJava(Path folder) throws IOException {
        List<String> sources = new Skeleton(Language.JAVA, Skeleton.Kind.SAMPLER, "doll")
                .write(folder).stream()
                        .filter(file -> file.endsWith(".java"))
                        .map(file -> folder.resolve(file).toString())
                        .toList();
        List<String> arguments = new ArrayList<>(List.of("-d", folder.toString(), "-proc:none"));
        arguments.addAll(sources);
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(status).isZero();
        return folder + File.pathSeparator + System.getProperty("java.class.path");
    }
}
