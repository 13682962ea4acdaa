package io.cachedconnection.sample;

import io.cachedconnection.provider.IllegalConnectionStateException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** A step that the connection's status does not allow, as a JSON error. */
@Provider
public class StateMapper implements ExceptionMapper<IllegalConnectionStateException> {

    @Override
    public Response toResponse(IllegalConnectionStateException error) {
        return ErrorJson.response(Response.Status.CONFLICT.getStatusCode(), String.valueOf(error.getMessage()));
    }
}
