package org.facemill.context.artefact;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.facemill.contracts.Buckets;
import org.facemill.platform.store.ObjectStore;

/** Objects of the store that users ask for, by bucket and key: no other address and no signature is needed for a download. */
@Path("/artefacts/{bucket}")
@Tag(name = "artefacts")
@APIResponse(responseCode = "default", ref = "problem")
@Blocking
public class ArtefactResource {

    /** Buckets that are listed; a dataset may have more objects than a list can hold. */
    private static final List<String> LISTED = List.of(Buckets.MODELS, Buckets.CONTEXTS, Buckets.BENCHMARKS);

    private static final List<String> SERVED =
            List.of(Buckets.MODELS, Buckets.CONTEXTS, Buckets.BENCHMARKS, Buckets.DATASETS, Buckets.EVALUATIONS);
    /** A report is one page with its styles and pictures inside; it can do nothing. */
    private static final String REPORT_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'";

    private final ObjectStore store;

    ArtefactResource(ObjectStore store) {
        this.store = store;
    }

    /** An object. */
    @Schema(description = "An object of a bucket")
    record Artefact(String key, long bytes) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "What a bucket holds", description = "models, contexts or benchmarks")
    public List<Artefact> list(String bucket) {
        require(LISTED, bucket);
        return store.sizes(bucket, "").entrySet().stream()
                .map(object -> new Artefact(object.getKey(), object.getValue()))
                .toList();
    }

    @GET
    @Path("/{key:.+}")
    @Operation(
            summary = "An object",
            description =
                    "of models, contexts, benchmarks, datasets or evaluations; the header Range asks for a part of it")
    @APIResponse(responseCode = "200", description = "The object")
    @APIResponse(responseCode = "206", description = "The part that was asked for")
    @APIResponse(responseCode = "404", description = "There is no such object")
    @APIResponse(responseCode = "416", description = "It has no such part")
    public Response get(String bucket, String key, @HeaderParam("Range") Optional<String> range) {
        require(SERVED, bucket);
        long size = Optional.ofNullable(store.sizes(bucket, key).get(key))
                .orElseThrow(() -> new NotFoundException("bucket " + bucket + " holds no " + key));
        if (range.isEmpty() || size == 0) {
            return headed(Response.ok(size == 0 ? new byte[0] : store.stream(bucket, key, 0, size)), key, size)
                    .build();
        }
        return ByteRange.of(range.get(), size)
                .map(part -> headed(
                                Response.status(Response.Status.PARTIAL_CONTENT)
                                        .entity(store.stream(bucket, key, part.from(), part.length())),
                                key,
                                part.length())
                        .header("Content-Range", part.of(size))
                        .build())
                .orElseGet(() -> Response.status(Response.Status.REQUESTED_RANGE_NOT_SATISFIABLE)
                        .header("Content-Range", "bytes */" + size)
                        .build());
    }

    private static Response.ResponseBuilder headed(Response.ResponseBuilder response, String key, long length) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        response.type(type(name)).header(HttpHeaders.CONTENT_LENGTH, length).header("Accept-Ranges", "bytes");
        return name.endsWith(".html") ? response.header("Content-Security-Policy", REPORT_POLICY) : response;
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "json" -> MediaType.APPLICATION_JSON;
            case "html" -> "text/html;charset=UTF-8";
            case "md", "yaml", "txt", "csv" -> "text/plain;charset=UTF-8";
            case "png" -> "image/png";
            default -> MediaType.APPLICATION_OCTET_STREAM;
        };
    }

    private static void require(List<String> buckets, String bucket) {
        if (!buckets.contains(bucket)) {
            throw new NotFoundException(
                    "no bucket " + bucket + " is served here; " + String.join(", ", buckets) + " are");
        }
    }
}
