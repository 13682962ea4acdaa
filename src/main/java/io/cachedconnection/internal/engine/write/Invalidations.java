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

/** What one write does to the cache; it grows while the write goes on. Used by the thread that writes. */
public final class Invalidations {

    /** What a write does, apart from the cache. */
    @FunctionalInterface
    public interface WriteAction<T> {

        /**
         * Does it.
         *
         * @param invalidations to be told what is only known with the result
         */
        @Nullable T run(Invalidations invalidations) throws Exception;
    }

    private final Supplier<String> names;
    private final List<Invalidation> all = new ArrayList<>();

    Invalidations(Supplier<String> names) {
        this.names = names;
    }

    /** What {@code target} holds gets old. */
    public void evict(Target target) {
        added(target);
    }

    private Invalidation added(Target target) {
        Invalidation invalidation = new Invalidation(target, names.get());
        all.add(invalidation);
        return invalidation;
    }

    /**
     * What {@code key} holds gets old, and what {@code result} makes takes its place, if anything. Not if the write was not
     * announced for this key before it may have committed: another one may have overlapped it unseen.
     *
     * @param result makes what to store, now and once more when a transaction has committed; it does not throw
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

    /** What has been replaced so far only gets old: its results are not those of the write. */
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
