package io.cachedconnection.internal.redis;

/** Says that a request was not sent, since its server does not meet the demand. That is no failure of the server. */
final class UntrustedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UntrustedException() {
        super("another Redis than before", null, false, false);
    }
}
