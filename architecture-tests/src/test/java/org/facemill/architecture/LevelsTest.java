package org.facemill.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Imports go down the levels only. Each module has one package under {@code org.facemill}, which names it here. */
class LevelsTest {

    private static final String HOUSE = "org.facemill.";

    /** The libraries, from the bottom up. */
    private static final List<Set<String>> LEVELS = List.of(
            Set.of("contracts", "tensor", "images"),
            Set.of("torch"),
            Set.of("diffusion", "recognition", "detection", "evaluation", "datasets", "contexts", "painter"),
            Set.of("ldm"));

    private static final Set<String> SERVICES = Set.of(
            "context", "sampler", "paintersampler", "aligner", "splitter", "frtrainer", "ldmtrainer", "evaluator");

    /** Programs around the services, which they start as processes or do not need at all. */
    private static final Set<String> PROGRAMS = Set.of("cli", "child", "broker", "store", "bench");

    private static JavaClasses classes;

    @BeforeAll
    static void readAllClasses() throws Exception {
        Path root = Path.of(System.getProperty("facemill.root"));
        try (Stream<Path> poms = Files.find(root, 3, (path, file) -> path.endsWith("pom.xml"))) {
            classes = new ClassFileImporter()
                    .importPaths(poms.map(pom -> pom.resolveSibling("target/classes"))
                            .filter(Files::isDirectory)
                            .toList());
        }
    }

    @Test
    void everyModuleHasItsLevelHere() {
        Set<String> found = classes.stream().map(LevelsTest::module).collect(Collectors.toSet());

        assertThat(found).isEqualTo(allModules().collect(Collectors.toSet()));
    }

    static Stream<String> allModules() {
        return Stream.of(libraries(), Stream.of("platform"), SERVICES.stream(), PROGRAMS.stream())
                .flatMap(names -> names);
    }

    static Stream<String> libraries() {
        return LEVELS.stream().flatMap(Set::stream);
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void aLibraryImportsItsLevelAndThoseBelow(String library) {
        Set<String> allowed = LEVELS.subList(0, level(library) + 1).stream()
                .flatMap(Set::stream)
                .collect(Collectors.toSet());

        mayImport(library, allowed);
    }

    private static int level(String library) {
        for (int level = 0; level < LEVELS.size(); level++) {
            if (LEVELS.get(level).contains(library)) {
                return level;
            }
        }
        throw new IllegalArgumentException(library);
    }

    @Test
    void platformImportsLibrariesAlone() {
        mayImport("platform", libraries().collect(Collectors.toSet()));
    }

    static Stream<String> services() {
        return SERVICES.stream();
    }

    @ParameterizedTest
    @MethodSource("services")
    void aServiceImportsNoOtherService(String service) {
        mayImport(service, Stream.concat(libraries(), Stream.of("platform")).collect(Collectors.toSet()));
    }

    static Stream<String> programs() {
        return PROGRAMS.stream();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void aProgramAroundTheServicesImportsLibrariesAlone(String program) {
        // campaigns start and disturb the whole system as the command does
        Stream<String> more = program.equals("bench") ? Stream.of("cli") : Stream.of();
        mayImport(program, Stream.concat(libraries(), more).collect(Collectors.toSet()));
    }

    @Test
    void onlyTorchKnowsDjl() {
        noClasses()
                .that()
                .resideOutsideOfPackage(HOUSE + "torch..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(classes);
    }

    @Test
    void librariesKnowNeitherQuarkusNorKafka() {
        noClasses()
                .that(resideInAnyPackage(packages(libraries())))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..",
                        "io.smallrye..",
                        "io.vertx..",
                        "org.eclipse.microprofile..",
                        "jakarta.enterprise..",
                        "jakarta.inject..",
                        "jakarta.ws.rs..",
                        "org.apache.kafka..")
                .check(classes);
    }

    /** A module's exceptions, which all its packages throw, apart. */
    @ParameterizedTest
    @MethodSource("allModules")
    void thePackagesOfAModuleFormNoCycle(String module) {
        slices().assignedFrom(new PackagesOf(module))
                .should()
                .beFreeOfCycles()
                .ignoreDependency(DescribedPredicate.alwaysTrue(), simpleNameEndingWith("Exception"))
                .check(classes);
    }

    private static void mayImport(String module, Set<String> allowed) {
        classes()
                .that()
                .resideInAPackage(HOUSE + module + "..")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(packages(Stream.concat(Stream.of(module), allowed.stream())))
                                .or(resideInAPackage(HOUSE + ".").negate()))
                .check(classes);
    }

    private static String[] packages(Stream<String> modules) {
        return modules.map(module -> HOUSE + module + "..").toArray(String[]::new);
    }

    private static String module(JavaClass javaClass) {
        String path = javaClass.getPackageName().substring(HOUSE.length());
        return path.split("\\.")[0];
    }

    /** Each package is a slice of its own, sub-packages apart. */
    private record PackagesOf(String module) implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            String name = javaClass.getPackageName();
            return resideInAPackage(HOUSE + module + "..").test(javaClass)
                    ? SliceIdentifier.of(name)
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages of " + module;
        }
    }
}
