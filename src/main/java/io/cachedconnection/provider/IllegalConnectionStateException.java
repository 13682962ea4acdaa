package io.cachedconnection.provider;

import io.cachedconnection.internal.message.ProviderMessage;

/**
 * Says that a {@link ProviderConnection} in this status does not allow the step asked of it. The connection is as it
 * was.
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
     * The status that the connection is in.
     *
     * @return never null
     */
    public ConnectionStatus status() {
        return status;
    }

    /**
     * The step that was refused: the name of the method, such as {@code expire}.
     *
     * @return never null
     */
    public String step() {
        return step;
    }
}
