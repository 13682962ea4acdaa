package io.cachedconnection.provider;

import io.cachedconnection.internal.message.ProviderMessage;

/**
 * Thrown when the status of a {@link ProviderConnection} does not allow the requested step. The connection is unchanged.
 *
 * <pre>{@code
 * try {
 *     connection = connection.expire(clock.instant());
 * } catch (IllegalConnectionStateException e) {
 *     return Response.status(409).entity(e.getMessage()).build();
 * }
 * }</pre>
 */
public final class IllegalConnectionStateException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** The status that the connection is in. */
    private final ConnectionStatus status;
    /** The step that was refused. */
    private final String step;

    IllegalConnectionStateException(ConnectionStatus status, String step) {
        super(ProviderMessage.REFUSED_STEP.with(status.wireName(), step));
        this.status = status;
        this.step = step;
    }

    /**
     * Returns the status of the connection.
     *
     * @return never null
     */
    public ConnectionStatus status() {
        return status;
    }

    /**
     * Returns the refused step: the name of the method, such as {@code expire}.
     *
     * @return never null
     */
    public String step() {
        return step;
    }
}
