package io.cachedconnection.history;

import io.cachedconnection.history.Options.Without;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.Invalidation;
import io.cachedconnection.internal.engine.store.InvalidationListener;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LeaseResult;
import io.cachedconnection.internal.engine.store.LeaseResult.Verdict;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.Response;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.internal.engine.store.WriteStep;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A store with one of its protections switched off; everything else goes through as it is. */
final class Weakened implements InvocationHandler {

    private static final long LONGEST_STOP = TimeUnit.MILLISECONDS.toNanos(300);

    private final RemoteStore store;
    private final Without without;
    private final Set<String> begun = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> reading = new ConcurrentHashMap<>();

    private Weakened(RemoteStore store, Without without) {
        this.store = store;
        this.without = without;
    }

    static RemoteStore store(RemoteStore store, Without without) {
        if (without == Without.NOTHING) {
            return store;
        }
        return (RemoteStore) Proxy.newProxyInstance(
                RemoteStore.class.getClassLoader(), new Class<?>[] {RemoteStore.class}, new Weakened(store, without));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("steps")) { // each by itself, so that what is switched off is so for each
            return ((List<?>) arguments[0])
                    .stream()
                            .map(WriteStep.class::cast)
                            .map(step -> taken(step, (RemoteStore) proxy, (long) arguments[1]))
                            .toList();
        }
        return switch (without + " " + method.getName()) {
            case "LEASE acquire" -> leased((EntryKey) arguments[0], (LeaseRequest) arguments[1], (long) arguments[2]);
            case "LEASE fill" -> put((EntryKey) arguments[0], (StoredEntry) arguments[2], (long) arguments[3]);
            case "FENCE begin" -> true;
            case "FENCE end" -> deleted((EntryKey) arguments[0], (Outcome) arguments[2], (long) arguments[3]);
            case "FENCE endWith" -> store.remove((EntryKey) arguments[0], (long) arguments[4]);
            case "SETTLE endWith" ->
                store.endWith(
                        (EntryKey) arguments[0],
                        (String) arguments[1],
                        Duration.ZERO,
                        (StoredEntry) arguments[3],
                        (long) arguments[4]);
            case "COMPARISON find" -> store.find(untagged((EntryKey) arguments[0]), (long) arguments[1]);
            case "COMPARISON findEntry" -> store.findEntry(untagged((EntryKey) arguments[0]), (long) arguments[1]);
            case "OPEN begin" -> ended((EntryKey) arguments[0], (String) arguments[1], (long) arguments[2]);
            case "SETTLE acquire" ->
                unsettled((EntryKey) arguments[0], (LeaseRequest) arguments[1], (long) arguments[2]);
            case "QUESTION isUntouched" -> true;
            case "STAMP findEntry" -> noted((EntryKey) arguments[0], method, arguments);
            case "STAMP hear", "FLUSH hear", "HEARTBEAT hear" ->
                heard((Set<?>) arguments[0], (InvalidationListener) arguments[1]);
            default -> asItIs(method, arguments);
        };
    }

    private static Response<Boolean> taken(WriteStep step, RemoteStore weakened, long nanos) {
        try {
            return Response.of(Invalidation.take(step, weakened, nanos));
        } catch (StoreException e) {
            return Response.failed(e);
        }
    }

    private LeaseResult leased(EntryKey key, LeaseRequest request, long nanos) {
        LeaseResult grant = store.acquire(key, request, nanos);
        return grant.verdict() == Verdict.BUSY ? LeaseResult.of(Verdict.LEASED) : grant;
    }

    private boolean put(EntryKey key, StoredEntry storedEntry, long nanos) {
        String write = UUID.randomUUID().toString();
        store.begin(key, write, nanos);
        return store.endWith(key, write, Duration.ZERO, storedEntry, nanos);
    }

    private boolean deleted(EntryKey key, Outcome outcome, long nanos) {
        return outcome == Outcome.COMMITTED && store.remove(key, nanos);
    }

    /** The key of what has this name, without its tags. */
    private static EntryKey untagged(EntryKey key) {
        KeySpace space = key.space();
        return KeySpace.of(space.cache(), "history")
                .key(key.text().substring(space.prefix().length() + 1));
    }

    /** What is announced a second time is what would be left open. */
    private boolean ended(EntryKey key, String write, long nanos) {
        if (begun.add(write)) {
            store.begin(key, write, nanos);
        } else {
            store.end(key, write, Outcome.COMMITTED, nanos);
        }
        return true;
    }

    private LeaseResult unsettled(EntryKey key, LeaseRequest request, long nanos) {
        return store.acquire(
                key, new LeaseRequest(request.token(), Duration.ZERO, request.lease(), request.life()), nanos);
    }

    /** What is being read is known for as long as that takes. */
    private @Nullable Object noted(EntryKey key, Method method, Object[] arguments) throws Throwable {
        reading.merge(key.text(), 1, Integer::sum);
        try {
            Object found = asItIs(method, arguments);
            stop();
            return found;
        } finally {
            reading.computeIfPresent(key.text(), (text, number) -> number == 1 ? null : number - 1);
        }
    }

    /** As a thread may be stopped anywhere: seldom, but then for longer than it takes others to write and to load anew. */
    private static void stop() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        LockSupport.parkNanos(random.nextInt(5) == 0 ? random.nextLong(LONGEST_STOP) : 0);
    }

    private @Nullable Object heard(Set<?> prefixes, InvalidationListener invalidationListener) {
        Set<String> texts = prefixes.stream().map(String.class::cast).collect(Collectors.toSet());
        store.hear(texts, new HardOfHearing(invalidationListener, without, reading.keySet()));
        return null;
    }

    private @Nullable Object asItIs(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
