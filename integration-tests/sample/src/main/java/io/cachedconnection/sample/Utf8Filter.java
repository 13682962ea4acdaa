package io.cachedconnection.sample;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/** Refuses a request whose body says that it is in another character set than UTF-8, the only one of JSON. */
@Provider
public class Utf8Filter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        @Nullable MediaType type = request.getMediaType();
        @Nullable String charset = type == null ? null : type.getParameters().get(MediaType.CHARSET_PARAMETER);
        if (charset != null && !charset.equalsIgnoreCase("utf-8")) {
            throw Refusal.notInUtf8();
        }
    }
}
