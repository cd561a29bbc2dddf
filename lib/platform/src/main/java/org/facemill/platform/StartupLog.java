package org.facemill.platform;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Says at start with what settings the service runs, as name=value, without secrets. */
@ApplicationScoped
class StartupLog {

    private static final Logger LOG = Logger.getLogger("org.facemill.settings");

    private final Config config;

    StartupLog(Config config) {
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
