package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.json.JsonbCodecs;
import io.cachedconnection.internal.method.BeanReading;
import io.cachedconnection.internal.method.CachedMethod;
import io.cachedconnection.internal.method.CachedMethod.CallName;
import io.cachedconnection.testing.Settings;
import org.junit.jupiter.api.Test;

/** What the near cache keeps of a call. */
class MethodInvocationTest {

    private final CachedMethod albums = BeanReading.of(Drawers.class).all().stream()
            .filter(method -> method.cache().equals("albums"))
            .findFirst()
            .orElseThrow();

    private Object name(String shelf) {
        try (JsonbCodecs codecs = new JsonbCodecs()) {
            CacheBinding<Object> binding = new CacheBinding<>(
                    new Cache("albums", Settings::cache, new CacheCounters()),
                    codecs.of(albums.valueType()),
                    EntryFormat.none(),
                    TtlChoice.annotated(null));
            return new Lookups.MethodInvocation(binding, null, albums, null, albums.name(new Object[] {shelf, 1}))
                    .name();
        }
    }

    @Test
    void name_shortArguments_isTheArgumentsThemselves() {
        assertThat(name("top")).isInstanceOf(CallName.class).isEqualTo(name("top"));
    }

    /** An argument may take megabytes, and a key takes no more than 512 bytes. */
    @Test
    void name_longArgument_isTheKey() {
        assertThat(name("a".repeat(100_000)))
                .isInstanceOfSatisfying(
                        EntryKey.class, key -> assertThat(key.text()).hasSizeLessThanOrEqualTo(512));
    }
}
