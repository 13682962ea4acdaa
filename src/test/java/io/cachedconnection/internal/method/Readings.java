package io.cachedconnection.internal.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.testing.ScannedLog;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;

/** Shorthand of the tests in this room. */
final class Readings {

    private Readings() {}

    static CachedMethods read(Class<?> bean) {
        CachedMethods methods = BeanReading.of(bean);
        ScannedLog.texts(methods.problems());
        return methods;
    }

    static CachedBeans readAll(Class<?>... beans) {
        CachedBeans read =
                CachedBeans.of(Stream.of(beans).distinct().map(BeanReading::of).toList(), List.of());
        ScannedLog.texts(read.problems());
        ScannedLog.texts(read.warnings());
        return read;
    }

    /** The one cached method of a bean that nothing is wrong with. */
    static CachedMethod only(Class<?> bean) {
        CachedMethods methods = read(bean);
        assertThat(methods.problems()).isEmpty();
        assertThat(methods.all()).hasSize(1);
        return methods.all().iterator().next();
    }

    /** The declared method of that name that the compiler did not make up. */
    static Method method(Class<?> declaring, String name) {
        return Stream.of(declaring.getDeclaredMethods())
                .filter(method -> method.getName().equals(name) && !method.isBridge())
                .findFirst()
                .orElseThrow();
    }

    /** The key's text without the prefix of the default cache; null if there is no key. */
    static String key(CachedMethod method, Object... arguments) {
        EntryKey key = method.key(arguments);
        if (key == null) {
            return null;
        }
        assertThat(key.text()).startsWith("provider:conn:");
        return key.text().substring("provider:conn:".length());
    }
}
