package org.facemill.platform.health;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Logs the effective settings at start, as name=value, secrets masked. */
@ApplicationScoped
class SettingsLog {

    private static final Logger LOG = Logger.getLogger("org.facemill.settings");

    private final Config config;

    SettingsLog(Config config) {
        this.config = config;
    }

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) StartupEvent start) {
        LOG.info(StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith("facemill.")
                        || name.equals("kafka.bootstrap.servers")
                        || name.equals("quarkus.http.port"))
                .distinct()
                .sorted()
                .map(name -> name + "="
                        + (name.endsWith("-key")
                                ? "***"
                                : config.getConfigValue(name).getValue()))
                .collect(Collectors.joining(" ")));
    }
}
