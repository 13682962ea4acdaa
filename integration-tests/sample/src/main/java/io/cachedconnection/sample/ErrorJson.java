package io.cachedconnection.sample;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;

/** An error as the API tells it: {@code {"error": "what is wrong"}}. */
final class ErrorJson {

    private ErrorJson() {}

    static Response response(int status, String message) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(json(message))
                .build();
    }

    /** Writes a refusal that comes before the API is asked. */
    static void write(HttpServletResponse response, Refusal refusal) throws IOException {
        response.setStatus(refusal.status());
        response.setContentType(MediaType.APPLICATION_JSON);
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(json(String.valueOf(refusal.getMessage())).toString());
    }

    private static JsonObject json(String message) {
        return Json.createObjectBuilder().add("error", message).build();
    }
}
