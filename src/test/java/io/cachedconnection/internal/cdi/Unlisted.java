package io.cachedconnection.internal.cdi;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/** Settings that are found by their names but not listed, as variables of the environment are; a test can change them. */
final class Unlisted implements ConfigSource {

    private final Map<String, String> values = new ConcurrentHashMap<>();

    void set(String key, String value) {
        values.put("cached-connection." + key, value);
    }

    @Override
    public Set<String> getPropertyNames() {
        return Set.of();
    }

    @Override
    public @Nullable String getValue(String name) {
        return values.get(name);
    }

    @Override
    public String getName() {
        return "the environment";
    }
}
