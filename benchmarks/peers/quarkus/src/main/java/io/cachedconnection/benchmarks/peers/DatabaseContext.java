package io.cachedconnection.benchmarks.peers;

import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.context.spi.ThreadContextProvider;
import org.eclipse.microprofile.context.spi.ThreadContextSnapshot;

/** Takes the transaction along to the thread that loads, as Quarkus does with those of JTA. */
public final class DatabaseContext implements ThreadContextProvider {

    @Override
    public ThreadContextSnapshot currentContext(Map<String, String> properties) {
        return within(Database.transaction());
    }

    @Override
    public ThreadContextSnapshot clearedContext(Map<String, String> properties) {
        return within(null);
    }

    private static ThreadContextSnapshot within(Map<UUID, Integer> transaction) {
        return () -> {
            Map<UUID, Integer> before = Database.transaction();
            Database.join(transaction);
            return () -> Database.join(before);
        };
    }

    @Override
    public String getThreadContextType() {
        return "Database";
    }
}
