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

    private final CachedMethod albums = lookup(Drawers.class, "albums");

    private static CachedMethod lookup(Class<?> bean, String cache) {
        return BeanReading.of(bean).all().stream()
                .filter(method -> method.cache().equals(cache))
                .findFirst()
                .orElseThrow();
    }

    private Object name(String shelf) {
        return name(albums, shelf, 1);
    }

    private static Object name(CachedMethod method, Object... arguments) {
        try (JsonbCodecs codecs = new JsonbCodecs()) {
            CacheBinding<Object> binding = new CacheBinding<>(
                    new Cache(method.cache(), Settings::cache, new CacheCounters()),
                    codecs.of(method.valueType()),
                    EntryFormat.none(),
                    TtlChoice.annotated(null));
            return new Lookups.MethodInvocation(binding, null, method, null, method.name(arguments)).name();
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

    @Test
    void name_longArgumentAndOtherTags_isAnother() {
        CachedMethod find = lookup(Accounts.class, "account");
        String id = "a".repeat(1000);

        assertThat(name(find, id, "Ada")).isEqualTo(name(find, id, "Ada")).isNotEqualTo(name(find, id, "Bob"));
    }
}
