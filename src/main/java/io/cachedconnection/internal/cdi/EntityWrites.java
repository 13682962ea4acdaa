package io.cachedconnection.internal.cdi;

import io.cachedconnection.EvictingEntityListener;
import io.cachedconnection.EvictionRefusedException;
import io.cachedconnection.internal.common.Throttle;
import io.cachedconnection.internal.engine.write.RefusedWriteException;
import io.cachedconnection.internal.message.CoreMessage;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Passes the events of entity listeners on to the application of the calling thread, because a persistence provider may create
 * listeners itself, without injection. Thread-safe.
 */
public final class EntityWrites implements EvictingEntityListener.Entities {

    private static final Logger LOG = System.getLogger("io.cachedconnection");
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final Throttle throttle = new Throttle(SILENCE, System::nanoTime);

    /** Called by the service loader. */
    public EntityWrites() {}

    /** Ignores problems of the entity's annotations: they fail its writes, not its loads. */
    @Override
    public void loaded(Object entity) {
        try {
            EntityEvictions evictions = evictions();
            if (evictions != null) {
                evictions.loaded(entity);
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.log(
                    Level.DEBUG,
                    () -> "Nothing is known of a loaded entity: " + e.getClass().getName());
        }
    }

    @Override
    public void written(Object entity, boolean isNew) {
        EntityEvictions evictions = evictions();
        if (evictions != null) {
            try {
                evictions.written(entity, isNew);
            } catch (RefusedWriteException e) {
                throw new EvictionRefusedException(e.cache(), e);
            }
        } else if (throttle.permits()) {
            LOG.log(
                    Level.WARNING,
                    CoreMessage.WRITTEN_WITHOUT_CACHE.with(entity.getClass().getSimpleName(), SILENCE.toSeconds()));
        }
    }

    /** Returns null without a container, for example in a test of the entities. */
    private static @Nullable EntityEvictions evictions() {
        CDI<Object> container;
        try {
            container = CDI.current();
        } catch (IllegalStateException e) {
            return null;
        }
        Instance<CacheRuntime> found =
                container.select(CacheRuntime.class); // another container may not have this library
        return found.isUnsatisfied() ? null : found.get().entityEvictions();
    }
}
