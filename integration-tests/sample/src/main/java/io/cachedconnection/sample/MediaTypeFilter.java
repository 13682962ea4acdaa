package io.cachedconnection.sample;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a request with malformed media types, or with a body in another character set than UTF-8, the only one of
 * JSON. It comes before everything else, for servers do not agree on what malformed ones are an error of.
 */
@Provider
@PreMatching
public class MediaTypeFilter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        wellFormed("Accept", request::getAcceptableMediaTypes);
        @Nullable MediaType type = wellFormed("Content-Type", request::getMediaType);
        @Nullable String charset = type == null ? null : type.getParameters().get(MediaType.CHARSET_PARAMETER);
        if (charset != null && !charset.equalsIgnoreCase("utf-8")) {
            throw Refusal.notInUtf8();
        }
    }

    private static <T extends @Nullable Object> T wellFormed(String header, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (RuntimeException e) {
            // Each server has an exception of its own for it.
            throw Refusal.malformed(header + " is malformed.");
        }
    }
}
