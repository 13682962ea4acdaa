package io.cachedconnection.sample;

import java.util.UUID;

/** A request that cannot be answered, with the HTTP status and a sentence that says what is wrong with it. */
public final class Refusal extends RuntimeException {

    static final int BAD_REQUEST = 400;

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int TOO_LARGE = 413;
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;
    private static final long serialVersionUID = 1L;

    private final int status;

    private Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    static Refusal malformed(String message) {
        return new Refusal(BAD_REQUEST, message);
    }

    static Refusal unknown(UUID connectionId) {
        return new Refusal(NOT_FOUND, "There is no connection " + connectionId + ".");
    }

    static Refusal duplicate(UUID connectionId) {
        return new Refusal(CONFLICT, "There is already a connection " + connectionId + ".");
    }

    static Refusal conflict(String message) {
        return new Refusal(CONFLICT, message);
    }

    static Refusal tooLarge(int bytes) {
        return new Refusal(TOO_LARGE, "The body may have at most " + bytes + " bytes.");
    }

    static Refusal forbidden(String message) {
        return new Refusal(FORBIDDEN, message);
    }

    static Refusal notJson() {
        return new Refusal(UNSUPPORTED_MEDIA_TYPE, "The request must have the content type application/json.");
    }

    static Refusal notInUtf8() {
        return new Refusal(UNSUPPORTED_MEDIA_TYPE, "The body must be in UTF-8.");
    }

    int status() {
        return status;
    }
}
