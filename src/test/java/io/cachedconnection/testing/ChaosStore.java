package io.cachedconnection.testing;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.InvalidationListener;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LeaseResult;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.Response;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.internal.engine.store.WriteStep;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A store that fails, takes its time or returns garbage on demand, and notes the calls that reach it. */
public final class ChaosStore implements RemoteStore {

    private static final byte[] NO_VALUE = {(byte) 0xff, 0, '"'};

    private final RemoteStore real;
    private final Chaos chaos;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile LongSupplier nanoTime = System::nanoTime;
    private volatile boolean leftAlone;
    private volatile boolean takesWrites = true; // while it is left alone
    private volatile Consumer<String> before = call -> {};
    private volatile Consumer<String> after = call -> {};
    private volatile UnaryOperator<byte[]> garbling = UnaryOperator.identity();

    private volatile UnaryOperator<LeaseResult> wrong = grant -> LeaseResult.present(NO_VALUE);

    public ChaosStore(RemoteStore real) {
        this(real, new Chaos());
    }

    /** One whose calls, {@link #isAnswering} included, are planned by {@code chaos}. */
    public ChaosStore(RemoteStore real, Chaos chaos) {
        this.real = real;
        this.chaos = chaos;
    }

    /** What it answers as garbage to who asks for a lease. */
    public void wrongGrant(UnaryOperator<LeaseResult> garbage) {
        wrong = garbage;
    }

    /** Counts the time that many steps take together by this clock. */
    public ChaosStore on(LongSupplier clock) {
        nanoTime = clock;
        return this;
    }

    /** From now on every call fails for this reason. */
    public void fail(StoreException.Reason reason) {
        before(call -> {
            throw new StoreException(reason, "on demand");
        });
    }

    /** From now on every call of this name fails. */
    public void failAt(String name) {
        before(call -> {
            if (call.equals(name)) {
                throw new StoreException(StoreException.Reason.TIMEOUT, "on demand");
            }
        });
    }

    /** From now on this runs before every call, and gets its name. */
    public void before(Consumer<String> action) {
        before = action;
    }

    /** From now on this runs after every call that went well, and gets its name. */
    public void after(Consumer<String> action) {
        after = action;
    }

    /** From now on every payload found is put through this. */
    public void garble(UnaryOperator<byte[]> how) {
        garbling = how;
    }

    /** From now on every call goes well. */
    public void behave() {
        before = call -> {};
        after = call -> {};
        garbling = UnaryOperator.identity();
    }

    /** The names of the calls so far. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    private <T> T noted(String name, Supplier<T> call, UnaryOperator<T> garbage) {
        calls.add(name);
        before.accept(name);
        T result = chaos.around(call::get, garbage);
        after.accept(name);
        return result;
    }

    private boolean noted(String name, BooleanSupplier call) {
        return noted(name, call::getAsBoolean, answer -> !answer);
    }

    private void noted(String name, Runnable call) {
        noted(name, () -> {
            call.run();
            return true;
        });
    }

    @Override
    public byte[] find(EntryKey key, long nanos) {
        byte[] found = noted("find", () -> real.find(key, nanos), bytes -> NO_VALUE.clone());
        return found == null ? null : garbling.apply(found);
    }

    @Override
    public StoredEntry findEntry(EntryKey key, long nanos) {
        StoredEntry found = noted(
                "findEntry",
                () -> real.findEntry(key, nanos),
                storedEntry -> new StoredEntry(NO_VALUE.clone(), Duration.ofDays(1)));
        return found == null ? null : new StoredEntry(garbling.apply(found.payload()), found.life());
    }

    @Override
    public void hear(Set<String> prefixes, InvalidationListener invalidationListener) {
        noted("hear", () -> real.hear(prefixes, invalidationListener));
    }

    @Override
    public LeaseResult acquire(EntryKey key, LeaseRequest request, long nanos) {
        return noted("acquire", () -> real.acquire(key, request, nanos), wrong);
    }

    @Override
    public boolean fill(EntryKey key, String token, StoredEntry storedEntry, long nanos) {
        return noted("fill", () -> real.fill(key, token, storedEntry, nanos));
    }

    @Override
    public boolean release(EntryKey key, String token, long nanos) {
        return noted("release", () -> real.release(key, token, nanos));
    }

    @Override
    public void begin(EntryKey key, String write, long nanos) {
        noted("begin", () -> real.begin(key, write, nanos));
    }

    @Override
    public void end(EntryKey key, String write, Outcome outcome, long nanos) {
        noted("end", () -> real.end(key, write, outcome, nanos));
    }

    @Override
    public boolean endWith(EntryKey key, String write, Duration settle, StoredEntry storedEntry, long nanos) {
        return noted("endWith", () -> real.endWith(key, write, settle, storedEntry, nanos));
    }

    @Override
    public List<Response<Boolean>> steps(List<WriteStep> steps, long nanos) {
        return SequentialSteps.take(this, steps, nanos, nanoTime);
    }

    @Override
    public boolean isUntouched(EntryKey key, Duration past, long nanos) {
        return noted("isUntouched", () -> real.isUntouched(key, past, nanos));
    }

    @Override
    public boolean remove(EntryKey key, long nanos) {
        return noted("remove", () -> real.remove(key, nanos));
    }

    @Override
    public boolean evict(EntryKey key, long nanos) {
        return noted("evict", () -> real.evict(key, nanos));
    }

    @Override
    public boolean contains(EntryKey key, long nanos) {
        return noted("contains", () -> real.contains(key, nanos));
    }

    @Override
    public void beginAll(KeySpace space, String write, long nanos) {
        noted("beginAll", () -> real.beginAll(space, write, nanos));
    }

    @Override
    public void endAll(KeySpace space, String write, Outcome outcome, long nanos) {
        noted("endAll", () -> real.endAll(space, write, outcome, nanos));
    }

    /** From now on it is left alone, as by an open breaker, until it is revived by a call that goes well. */
    public void leaveAlone() {
        leftAlone = true;
        takesWrites = false;
    }

    /** The same for lookups only. */
    public void leaveLookupsAlone() {
        leftAlone = true;
        takesWrites = true;
    }

    @Override
    public boolean isAnswering(Target target) {
        return chaos.around(() -> !leftAlone, answering -> !answering);
    }

    @Override
    public boolean takesWrites(Target target) {
        return chaos.around(() -> !leftAlone || takesWrites, answering -> !answering);
    }

    @Override
    public boolean isCalm() {
        return !leftAlone;
    }

    @Override
    public void revive(long nanos) {
        if (leftAlone) {
            noted("revive", () -> real.revive(nanos));
            leftAlone = false;
        }
    }

    @Override
    public void close() {
        real.close();
    }
}
