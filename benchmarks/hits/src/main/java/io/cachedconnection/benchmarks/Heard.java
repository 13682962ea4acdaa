package io.cachedconnection.benchmarks;

import io.cachedconnection.internal.engine.store.InvalidationListener;
import io.cachedconnection.internal.engine.store.RemoteStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;

/** When a node has heard of a change, and so has removed what it kept near. Thread-safe. */
final class Heard {

    /** A key of which the next change is waited for. */
    private static final class Awaited {

        private final String key;
        private final CountDownLatch latch;
        private volatile long at;

        Awaited(String key, CountDownLatch latch) {
            this.key = key;
            this.latch = latch;
        }
    }

    private volatile Awaited awaited = new Awaited("", new CountDownLatch(0));

    /** Counts {@code latch} down when {@code key} has changed. */
    void await(String key, CountDownLatch latch) {
        awaited = new Awaited(key, latch);
    }

    /** When that was. */
    long at() {
        return awaited.at;
    }

    /** The same store, of which this hears what the node hears. */
    RemoteStore of(RemoteStore store) {
        return proxy(RemoteStore.class, (proxy, method, arguments) -> {
            if (method.getName().equals("hear")) {
                arguments[1] = of((InvalidationListener) arguments[1]);
            }
            return invoke(store, method, arguments);
        });
    }

    private InvalidationListener of(InvalidationListener invalidationListener) {
        return proxy(InvalidationListener.class, (proxy, method, arguments) -> {
            Object result = invoke(invalidationListener, method, arguments);
            if (method.getName().equals("changed")) {
                note((String) arguments[0]);
            }
            return result;
        });
    }

    private void note(String key) {
        Awaited current = awaited;
        if (current.at == 0 && current.key.equals(key)) {
            current.at = System.nanoTime();
            current.latch.countDown();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object invoke(Object target, Method method, Object... arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
