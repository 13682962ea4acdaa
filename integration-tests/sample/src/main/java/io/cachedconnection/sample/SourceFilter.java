package io.cachedconnection.sample;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;

/**
 * Writes on the response to a lookup where the answer came from, {@code X-Cache: redis} or {@code database}, and the
 * milliseconds that it took, {@code Server-Timing: lookup;dur=0.420}.
 */
@Provider
@TellsSource
public class SourceFilter implements ContainerResponseFilter {

    @Inject
    private AnswerSource source;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        // A malformed request was answered from neither.
        if (response.getStatus() != Refusal.BAD_REQUEST) {
            response.getHeaders().putSingle("X-Cache", source.toString());
            source.timing().ifPresent(timing -> response.getHeaders().putSingle("Server-Timing", timing));
        }
    }
}
