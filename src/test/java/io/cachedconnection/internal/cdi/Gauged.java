package io.cachedconnection.internal.cdi;

import io.cachedconnection.CacheKey;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.PutConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** A repository whose use makes numbers of each kind. */
@ApplicationScoped
class Gauged {

    private final AtomicInteger loads = new AtomicInteger();

    int loads() {
        return loads.get();
    }

    @CachedConnection(cache = "gauged", tags = "group:{group}")
    public String find(int id, int group) {
        loads.incrementAndGet();
        if (id < 0) {
            throw new IllegalArgumentException("none");
        }
        return "value " + id;
    }

    @PutConnection(cache = "gauged", key = "{id}:{group}", tags = "group:{group}")
    public String put(int id, int group) {
        return "put " + id;
    }

    @EvictConnection(cache = "gauged", key = "{id}:{group}")
    public void evict(@CacheKey int id, @CacheKey int group) {
        // nothing to write
    }

    @EvictConnection(cache = "gauged", all = true)
    public void clear() {
        // nothing to write
    }

    @EvictConnection(tags = "group:{group}")
    public void evictGroup(int group) {
        // nothing to write
    }

    /** Does each of these once at least: by way of the bean, for CDI need not intercept what it calls itself. */
    static void use(Gauged bean) {
        bean.find(1, 1);
        bean.find(1, 1);
        bean.put(2, 1);
        bean.evict(1, 1);
        bean.evictGroup(1);
        bean.clear();
        try {
            bean.find(-1, 1);
        } catch (IllegalArgumentException e) {
            return; // as it should
        }
        throw new AssertionError("A load that throws returned.");
    }
}
