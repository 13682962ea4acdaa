package io.cachedconnection.servertests;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.sample.ConnectionRow;
import jakarta.enterprise.context.Dependent;
import java.util.Optional;

/** A bean whose cached method returns an entity, which its cache does not allow. */
@Dependent
public class RowRepository {

    @CachedConnection(cache = "rows")
    public Optional<ConnectionRow> find(long id) {
        return Optional.empty();
    }
}
