package org.facemill.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.facemill.contracts.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart, for every value set under ci/. */
class ChartTest {

    static List<Path> valueSets() throws IOException {
        return Chart.valueSets();
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void helmFindsNoFault(Path values, @TempDir Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(Chart.FOLDER)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(Chart.FOLDER.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        JsonNode merged = Chart.YAML.readTree(copy.resolve("values.yaml").toFile());
        Chart.YAML.readerForUpdating(merged).readValue(values.toFile());
        Chart.YAML.writeValue(copy.resolve("values.yaml").toFile(), merged);

        LintResult result = new Helm(copy).lint().strict().call();

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void everyObjectIsOneThatTheClusterKnows(Path values) {
        assertThat(Chart.drawn(values))
                .isNotEmpty()
                .filteredOn(object ->
                        !OperatorObjectsTest.KINDS.contains(object.path("kind").asText()))
                .allSatisfy(object -> assertThatCode(() -> ObjectTypes.check(object))
                        .as("%s %s", object.path("kind"), object.at("/metadata/name"))
                        .doesNotThrowAnyException());
    }

    @Test
    void aMisspeltFieldWouldBeFound() throws IOException {
        JsonNode deployment =
                Chart.drawn(Chart.valueSet("minimal"), "Deployment").get(0);
        ((ObjectNode) deployment.at("/spec/template/spec")).put("terminationGracePeriod", 3);
        assertThatThrownBy(() -> ObjectTypes.check(deployment)).hasMessageContaining("terminationGracePeriod");

        JsonNode user = Chart.drawn(Chart.valueSet("strimzi"), "KafkaUser").get(0);
        ((ObjectNode) user.at("/spec/authorization/acls/0")).put("operatons", "Read");
        assertThatThrownBy(() -> ObjectTypes.check(user)).hasMessageContaining("operatons");
    }

    @Test
    void everyDescribedServiceHasValues() throws IOException {
        assertThat(Chart.YAML
                        .readTree(Chart.FOLDER.resolve("values.yaml").toFile())
                        .path("services")
                        .properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrderElementsOf(Chart.services().keySet());
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void podsHaveNoPrivilegesAndSecretsAreReferredToAlone(Path values) {
        List<JsonNode> objects = Chart.drawn(values);

        assertThat(objects).noneMatch(object -> object.path("kind").asText().equals("Secret"));
        assertThat(objects)
                .filteredOn(object -> object.path("kind").asText().equals("Deployment"))
                .isNotEmpty()
                .allSatisfy(deployment -> {
                    JsonNode pod = deployment.at("/spec/template/spec");
                    JsonNode container = pod.at("/containers/0");
                    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean())
                            .isTrue();
                    assertThat(pod.at("/securityContext/seccompProfile/type").asText())
                            .isEqualTo("RuntimeDefault");
                    assertThat(pod.path("automountServiceAccountToken").asBoolean(true))
                            .isFalse();
                    assertThat(pod.path("enableServiceLinks").asBoolean(true)).isFalse();
                    assertThat(container
                                    .at("/securityContext/readOnlyRootFilesystem")
                                    .asBoolean())
                            .isTrue();
                    assertThat(container
                                    .at("/securityContext/capabilities/drop/0")
                                    .asText())
                            .isEqualTo("ALL");
                    assertThat(container.at("/resources/limits/memory").asText())
                            .isNotEmpty();
                    assertThat(container.path("env"))
                            .filteredOn(variable -> variable.path("name")
                                    .asText()
                                    .matches(".*(PASSWORD|_KEY|USERNAME|CERTIFICATES?|CHAIN)"))
                            .isNotEmpty()
                            .allSatisfy(variable -> assertThat(variable.at("/valueFrom/secretKeyRef/name")
                                            .asText())
                                    .as(variable.toString())
                                    .isNotEmpty());
                });
    }

    @Test
    void onlyStagesOnTheGpuPoolAskForAGpu() {
        assertThat(Chart.drawn(Chart.valueSet("gpu"), "Deployment"))
                .filteredOn(deployment -> deployment
                        .at("/spec/template/spec/containers/0/resources/limits")
                        .has("nvidia.com/gpu"))
                .allSatisfy(deployment -> {
                    JsonNode pod = deployment.at("/spec/template/spec");
                    assertThat(pod.path("nodeSelector").has("nvidia.com/gpu.present"))
                            .isTrue();
                    assertThat(pod.at("/tolerations/0/key").asText()).isEqualTo("nvidia.com/gpu");
                    assertThat(pod.at("/containers/0/image").asText()).endsWith("-cuda");
                })
                .extracting(Chart::service)
                .containsExactlyInAnyOrder(
                        "sampler-service", "fr-trainer-service", "evaluator-service", "ldm-trainer-service");
    }

    @Test
    void lagIsCountedOnWhatAServiceReads() {
        List<JsonNode> scaled = Chart.drawn(Chart.valueSet("scale-to-zero"), "ScaledObject");

        assertThat(scaled)
                .extracting(Chart::service)
                .containsExactlyInAnyOrder(
                        "sampler-service",
                        "painter-sampler",
                        "aligner-service",
                        "splitter-service",
                        "evaluator-service");
        assertThat(scaled).allSatisfy(object -> {
            Map<String, String> counted = StreamSupport.stream(
                            object.at("/spec/triggers").spliterator(), false)
                    .map(trigger -> trigger.path("metadata"))
                    .collect(Collectors.toMap(
                            trigger -> trigger.path("topic").asText(),
                            trigger -> trigger.path("consumerGroup").asText()));
            assertThat(counted).isEqualTo(groups(Chart.services().get(Chart.service(object))));
            assertThat(object.at("/spec/maxReplicaCount").asInt()).isLessThanOrEqualTo(24);
        });
        assertThat(Chart.drawn(Chart.valueSet("scale-to-zero"), "Deployment"))
                .filteredOn(deployment -> deployment.path("spec").has("replicas"))
                .extracting(Chart::service)
                .containsExactlyInAnyOrder("context-service", "fr-trainer-service");
    }

    @Test
    void topicsOfServicesThatRestAreMadeByContextService() {
        assertThat(variable("scale-to-zero", "context-service", "FACEMILL_TOPICS_ALSO"))
                .contains("facemill.identity-contexts.diffusion", "facemill.raw-blocks.mtcnn");
    }

    @Test
    void strimziMakesAllTopicsAsTheServicesWould() {
        Map<String, Integer> partitions = Chart.drawn(Chart.valueSet("strimzi"), "KafkaTopic").stream()
                .collect(Collectors.toMap(
                        topic -> topic.at("/metadata/name").asText(),
                        topic -> topic.at("/spec/partitions").asInt()));

        assertThat(partitions.keySet()).containsAll(Topics.COMMON);
        Chart.services()
                .values()
                .forEach(service -> assertThat(partitions)
                        .containsKey(Topics.deadLetters(service.path("stage").asText())));
        assertThat(partitions)
                .allSatisfy((topic, count) -> assertThat(count).as(topic).isEqualTo(Topics.isWork(topic) ? 24 : 3));
    }

    @Test
    void aStageMayReadAndWriteWhatIsDescribedAndNothingElse() {
        assertThat(Chart.drawn(Chart.valueSet("strimzi"), "KafkaUser"))
                .hasSameSizeAs(Chart.services().keySet())
                .allSatisfy(user -> {
                    JsonNode service = Chart.services().get(Chart.service(user));
                    assertThat(allowed(user, "topic", "Write"))
                            .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                            texts(service.path("writes")),
                                            Stream.of(Topics.deadLetters(
                                                    service.path("stage").asText())))
                                    .toList());
                    assertThat(allowed(user, "topic", "Read"))
                            .isEqualTo(Stream.of(
                                            groups(service).keySet().stream(),
                                            texts(service.path("reads_whole")),
                                            Stream.of(Topics.RUNS))
                                    .flatMap(topics -> topics)
                                    .collect(Collectors.toSet()));
                    assertThat(allowed(user, "group", "Read"))
                            .isEqualTo(Set.copyOf(groups(service).values()));
                });
    }

    @Test
    void aServiceReachesBrokerAndStoreAndTheLedgersDatabaseIsContextServicesAlone() {
        assertThat(Chart.drawn(Chart.valueSet("kafka-sasl-ssl"), "NetworkPolicy"))
                .isNotEmpty()
                .allSatisfy(policy -> assertThat(policy.at("/spec/egress").findValues("port"))
                        .extracting(JsonNode::asInt)
                        .containsExactlyElementsOf(
                                Chart.service(policy).equals("context-service")
                                        ? List.of(53, 53, 9096, 9097, 9000, 5432)
                                        : List.of(53, 53, 9096, 9097, 9000)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        kafka.protocol                     | SASL_SSL   | needs kafka.sasl.existingSecret
        kafka.tls.caSecret                 | broker-ca  | kafka.protocol is PLAINTEXT; take SSL or SASL_SSL
        kafka.bootstrapServers             | kafka      | /kafka/bootstrapServers
        kafka.partitions                   | 4          | more than the 4 partitions
        strimzi.enabled                    | true       | needs strimzi.cluster
        store.url                          | s3.host    | /store/url
        store.existingSecret               | ''         | has no credential of the store
        services.sampler-service.pool      | tpu        | /services/sampler-service/pool
        services.sampler-service.replica   | 2          | replica
        services.aligner-service.scale.min | 17         | max 16 is below min 17
        image.tagg                         | x          | tagg
        """)
    void whatDoesNotFitIsRefusedByName(String path, String value, String message) {
        Object typed = value.matches("[0-9]+") ? (Object) Integer.valueOf(value) : value;
        assertThatThrownBy(() -> Chart.drawn(Chart.valueSet("minimal"), Map.of(path, typed)))
                .hasMessageContaining(message);
    }

    private static Map<String, String> groups(JsonNode service) {
        return service.path("reads").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().asText()));
    }

    private static Stream<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText);
    }

    /** Resources of a type that a Kafka user may do something to; prefixes end in *. */
    private static Set<String> allowed(JsonNode user, String type, String operation) {
        return StreamSupport.stream(user.at("/spec/authorization/acls").spliterator(), false)
                .filter(rule -> rule.at("/resource/type").asText().equals(type))
                .filter(rule -> texts(rule.path("operations")).anyMatch(operation::equals))
                .map(rule -> rule.at("/resource/name").asText()
                        + (rule.at("/resource/patternType").asText().equals("prefix") ? "*" : ""))
                .collect(Collectors.toSet());
    }

    private static String variable(String values, String service, String name) {
        return Chart.drawn(Chart.valueSet(values), "Deployment").stream()
                .filter(deployment -> Chart.service(deployment).equals(service))
                .flatMap(deployment -> StreamSupport.stream(
                        deployment.at("/spec/template/spec/containers/0/env").spliterator(), false))
                .filter(variable -> variable.path("name").asText().equals(name))
                .map(variable -> variable.path("value").asText())
                .findFirst()
                .orElseThrow();
    }
}
