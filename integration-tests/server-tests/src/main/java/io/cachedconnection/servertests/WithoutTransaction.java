package io.cachedconnection.servertests;

import io.cachedconnection.EvictConnection;
import io.cachedconnection.servertests.InTransaction.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** A write that begins without a transaction. */
@ApplicationScoped
public class WithoutTransaction {

    @EvictConnection(key = "{connectionId}")
    public void write(UUID connectionId, Work work) throws Exception {
        work.run();
    }
}
