package io.cachedconnection.sample;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** What nobody expected as a JSON error. The log has it whole; the response says nothing about the inside. */
@Provider
public class UnexpectedErrorMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = System.getLogger(UnexpectedErrorMapper.class.getName());

    @Override
    public Response toResponse(Throwable error) {
        LOG.log(Level.ERROR, "A request has failed.", error);
        return ErrorJson.response(
                Response.Status.INTERNAL_SERVER_ERROR.getStatusCode(), "The request has failed. The log says why.");
    }
}
