package io.cachedconnection.sample;

import jakarta.json.Json;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** An error as the API tells it: {@code {"error": "what is wrong"}}. */
final class ErrorJson {

    private ErrorJson() {}

    static Response response(int status, String message) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Json.createObjectBuilder().add("error", message).build())
                .build();
    }
}
