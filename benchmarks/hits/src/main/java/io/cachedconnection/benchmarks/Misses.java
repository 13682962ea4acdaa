package io.cachedconnection.benchmarks;

import io.cachedconnection.CacheStatistics;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Lookups of keys that are not there; fails the run unless each one loaded and stored what it loaded. */
@State(Scope.Benchmark)
public class Misses {

    private Application application;
    private Keys keys;

    @Setup(Level.Trial)
    public void use(Application application, Keys keys) {
        this.application = application;
        this.keys = keys;
    }

    Object next() {
        return application.repository.loaded(keys.fresh());
    }

    @TearDown(Level.Trial)
    public void check() {
        CacheStatistics found = application.statistics(Repository.LOADED);
        boolean areMisses = found.misses() == keys.given()
                && found.loads() == keys.given()
                && found.stores() == keys.given()
                && found.hits() + found.nearHits() + found.failures() == 0;
        if (!areMisses) {
            throw new IllegalStateException("Not all of " + keys.given() + " lookups were misses: " + found);
        }
    }
}
