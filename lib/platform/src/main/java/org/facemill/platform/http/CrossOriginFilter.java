package org.facemill.platform.http;

import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses what a browser asks on behalf of a page of another origin: any page that is open on a machine can send a simple
 * POST to a service on the same machine. Programs send no Origin and are not concerned.
 */
public class CrossOriginFilter {

    private static final Set<String> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final String LOCALHOST = "localhost";

    private final List<String> hosts;

    /** @param hosts names under which browsers may reach the service; a page can give itself any other name */
    CrossOriginFilter(@ConfigProperty(name = "facemill.http.hosts") Optional<List<String>> hosts) {
        this.hosts = hosts.orElse(List.of());
    }

    @ServerRequestFilter(preMatching = true)
    void refuse(ContainerRequestContext request) {
        if (!READING.contains(request.getMethod()) && isForeign(request)) {
            throw new ForbiddenException("pages of another origin may not change anything here");
        }
    }

    private boolean isForeign(ContainerRequestContext request) {
        String site = request.getHeaderString("Sec-Fetch-Site");
        String origin = request.getHeaderString("Origin");
        if (origin == null) {
            return site != null && !site.equals("same-origin") && !site.equals("none");
        }
        String host = request.getHeaderString("Host");
        URI here = host == null ? request.getUriInfo().getRequestUri() : URI.create("http://" + host);
        return !origin.equalsIgnoreCase("http://" + here.getAuthority())
                        && !origin.equalsIgnoreCase("https://" + here.getAuthority())
                || !isOwn(here.getHost());
    }

    /** Whether a name cannot be one that a page's owner made to point here. */
    private boolean isOwn(String host) {
        return host.equals(LOCALHOST) || hosts.contains(host) || isAddress(host);
    }

    private static boolean isAddress(String host) {
        return host.startsWith("[") || host.matches("[0-9]{1,3}([.][0-9]{1,3}){3}");
    }
}
