package io.cachedconnection.benchmarks;

import io.cachedconnection.CacheStatistics;
import java.util.UUID;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Writes that evict; fails the run if they do not, or if one did not reach Redis. */
@State(Scope.Benchmark)
public class Writes {

    private Application application;
    private Keys keys;

    @Setup(Level.Trial)
    public void use(Application application, Keys keys) {
        this.application = application;
        this.keys = keys;
        UUID id = keys.oneOfMany();
        application.repository.loaded(id);
        application.repository.written(id);
        application.repository.loaded(id);
        check();
    }

    void next() {
        application.repository.written(keys.oneOfMany());
    }

    @TearDown(Level.Trial)
    public void check() {
        CacheStatistics found = application.statistics(Repository.LOADED);
        boolean isEvicted = found.misses() == 2 && found.stores() == 2 && found.hits() + found.failures() == 0;
        if (!isEvicted) {
            throw new IllegalStateException("A write did not evict what the first of two lookups had stored: " + found);
        }
    }
}
