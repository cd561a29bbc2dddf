package org.facemill.cli.doctor;

import io.minio.MinioClient;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.facemill.cli.machine.Endpoints;
import org.facemill.cli.output.Errors;

/** The way to a system: its Kafka, its object store, and the clock that requests are signed by. */
public final class SystemCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** S3 refuses requests that were signed longer ago, or from now. */
    private static final Duration SIGNATURES_HOLD = Duration.ofMinutes(15);

    private static final Duration CLOCKS_AGREE = Duration.ofSeconds(30);

    private SystemCheck() {}

    public static List<Finding> all(Endpoints endpoints) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        findings.add(broker(endpoints.kafka()));
        try {
            HttpResponse<Void> answer = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(
                            HttpRequest.newBuilder(endpoints.store())
                                    .timeout(PATIENCE)
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
            findings.add(store(endpoints));
            answer.headers()
                    .firstValue("Date")
                    .ifPresent(date -> findings.add(clock(endpoints.store(), date, Instant.now())));
        } catch (IOException e) {
            findings.add(silent(endpoints.store(), e));
        }
        return findings;
    }

    private static Finding broker(String servers) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                String.valueOf(PATIENCE.toMillis()),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                String.valueOf(PATIENCE.toMillis())))) {
            int brokers = admin.describeCluster()
                    .nodes()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .size();
            return Finding.good("broker", brokers + " broker(s) at " + servers);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
            return Finding.bad(
                    "broker",
                    "no answer from " + servers + (cause.getMessage() == null ? "" : ": " + cause.getMessage()),
                    "start it, or name another by KAFKA_BOOTSTRAP_SERVERS; the address that it advertises must be"
                            + " reachable from here, too");
        }
    }

    private static Finding store(Endpoints endpoints) {
        URI url = endpoints.store();
        try {
            MinioClient client = MinioClient.builder()
                    .endpoint(url.toString())
                    .credentials(endpoints.accessKey(), endpoints.secretKey())
                    .region("us-east-1")
                    .build();
            return Finding.good("store", client.listBuckets().size() + " bucket(s) at " + url);
        } catch (MinioException | RuntimeException e) {
            return Finding.bad(
                    "store",
                    url + " answers, but: " + Errors.message(e),
                    "FACEMILL_STORE_ACCESS_KEY and FACEMILL_STORE_SECRET_KEY must be a pair that it knows, and may list"
                            + " buckets");
        }
    }

    private static Finding silent(URI url, IOException e) {
        return Finding.bad(
                "store",
                "no answer from " + url + (e.getMessage() == null ? "" : ": " + e.getMessage()),
                "start it, or name another by FACEMILL_STORE_URL");
    }

    /** @param date as the store's answer has it */
    static Finding clock(URI store, String date, Instant now) {
        Instant theirs;
        try {
            theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return Finding.poor("clock", store + " says that it is " + date, "it should send a date as HTTP has it");
        }
        Duration apart = Duration.between(theirs, now).abs();
        String found = "%d s apart from that of %s".formatted(apart.toSeconds(), store);
        if (apart.compareTo(CLOCKS_AGREE) <= 0) {
            return Finding.good("clock", found);
        }
        String remedy = "set both by NTP (timedatectl set-ntp true); S3 refuses requests that are signed "
                + SIGNATURES_HOLD.toMinutes() + " minutes off";
        return apart.compareTo(SIGNATURES_HOLD) < 0
                ? Finding.poor("clock", found, remedy)
                : Finding.bad("clock", found, remedy);
    }
}
