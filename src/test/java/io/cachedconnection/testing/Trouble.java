package io.cachedconnection.testing;

/**
 * What goes wrong with one call of a port.
 *
 * @param before happens instead of the call, if it throws, or delays it
 * @param after happens when the call is done: what this throws is thrown by a call that went well
 * @param garbles whether the answer is garbage
 */
public record Trouble(Happening before, Happening after, boolean garbles) {

    /** What happens; anything may be thrown. */
    public interface Happening {
        void happen() throws Throwable;
    }

    private static final Happening NOTHING = () -> {};

    /** The call is not done, and throws. */
    public static Trouble fails(Throwable failure) {
        return new Trouble(throwing(failure), NOTHING, false);
    }

    /** The call is done, and throws all the same. */
    public static Trouble isDoneAndFails(Throwable failure) {
        return new Trouble(NOTHING, throwing(failure), false);
    }

    /** The call waits at {@code gate}. */
    public static Trouble waits(Gate gate) {
        return new Trouble(gate::pass, NOTHING, false);
    }

    /** The call is done and answers garbage: what that is, the twin knows. */
    public static Trouble answersGarbage() {
        return new Trouble(NOTHING, NOTHING, true);
    }

    private static Happening throwing(Throwable failure) {
        return () -> {
            throw failure;
        };
    }
}
