package io.cachedconnection.history;

import io.cachedconnection.internal.engine.write.Transaction;
import io.cachedconnection.internal.engine.write.TransactionScope;
import io.cachedconnection.internal.engine.write.Units;
import org.jspecify.annotations.Nullable;

/** The sessions of a node's threads: where the engine finds their transactions. */
final class Sessions implements TransactionScope {

    private static final ThreadLocal<@Nullable Session> SESSIONS = new ThreadLocal<>();

    private final Units units = new Units(this, System::nanoTime);

    /** These and units of work: all transactions that the engine is to know. */
    Units units() {
        return units;
    }

    void enter(Session session) {
        SESSIONS.set(session);
    }

    @Override
    public @Nullable Transaction current() {
        Session session = SESSIONS.get();
        return session != null && session.isManaged() ? session : null;
    }
}
