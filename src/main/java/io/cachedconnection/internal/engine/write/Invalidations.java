package io.cachedconnection.internal.engine.write;

import io.cachedconnection.internal.engine.store.EncodedValue;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.Invalidation;
import io.cachedconnection.internal.engine.store.Invalidation.Result;
import io.cachedconnection.internal.engine.store.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The invalidations of one write; the write may add more as it runs. Confined to the thread that writes. */
public final class Invalidations {

    /** The action of a write, apart from the cache. */
    @FunctionalInterface
    public interface WriteAction<T> {

        /**
         * Runs the action.
         *
         * @param invalidations receives invalidations that are only known with the result
         */
        @Nullable T run(Invalidations invalidations) throws Exception;
    }

    private final Supplier<String> names;
    private final List<Invalidation> all = new ArrayList<>();

    Invalidations(Supplier<String> names) {
        this.names = names;
    }

    /** Adds an eviction of {@code target}. */
    public void evict(Target target) {
        added(target);
    }

    private Invalidation added(Target target) {
        Invalidation invalidation = new Invalidation(target, names.get());
        all.add(invalidation);
        return invalidation;
    }

    /**
     * Adds an eviction of {@code key}, and replaces its value by {@code result}, if there is one. Only evicts if the key was
     * not announced before the write may have committed: another write may have overlapped it unseen.
     *
     * @param result encodes the new value, now and again after the commit; does not throw
     */
    public void replace(EntryKey key, Supplier<@Nullable EncodedValue> result) {
        replace(key, Result.of(result));
    }

    void replace(EntryKey key, @Nullable Result result) {
        all.stream()
                .filter(invalidation -> invalidation.target().equals(key))
                .findFirst()
                .orElseGet(() -> added(key))
                .result(key, result);
    }

    /** Turns all replacements so far into evictions, because their results are not the write's. */
    public void forgetResults() {
        all.forEach(Invalidation::forgetResult);
    }

    List<Invalidation> all() {
        return all;
    }

    boolean concern(EntryKey key) {
        return all.stream().anyMatch(invalidation -> invalidation.target().covers(key));
    }
}
