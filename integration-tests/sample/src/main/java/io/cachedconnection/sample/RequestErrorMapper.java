package io.cachedconnection.sample;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** What the server itself refuses (an unknown path, a wrong method or media type) as a JSON error. */
@Provider
public class RequestErrorMapper implements ExceptionMapper<WebApplicationException> {

    @Override
    public Response toResponse(WebApplicationException error) {
        Response.StatusType status = error.getResponse().getStatusInfo();
        return ErrorJson.response(status.getStatusCode(), status.getReasonPhrase() + ".");
    }
}
