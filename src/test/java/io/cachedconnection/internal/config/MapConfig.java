package io.cachedconnection.internal.config;

import io.cachedconnection.testing.Seeds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;

/** A configuration of one source that a test can change. A value of {@code FAILS} makes the source throw. */
final class MapConfig implements Config {

    static final String FAILS = "FAILS";

    private final Map<String, String> values = new ConcurrentHashMap<>();
    private String name = "the map";

    static MapConfig of(String... keysAndValues) {
        MapConfig config = new MapConfig();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            config.set(keysAndValues[i], keysAndValues[i + 1]);
        }
        return config;
    }

    /** What its source calls itself. */
    void isCalled(String name) {
        this.name = name;
    }

    void set(String key, String value) {
        values.put(key, value);
    }

    void remove(String key) {
        values.remove(key);
    }

    @Override
    public <T> Optional<T> getOptionalValue(String key, Class<T> type) {
        String value = values.get(key);
        if (FAILS.equals(value)) {
            throw new IllegalStateException(Seeds.PASSWORD);
        }
        return Optional.ofNullable(value).filter(text -> !text.isEmpty()).map(type::cast);
    }

    @Override
    public <T> T getValue(String key, Class<T> type) {
        return getOptionalValue(key, type).orElseThrow();
    }

    @Override
    public ConfigValue getConfigValue(String key) {
        return new Value(key, values.get(key), name);
    }

    @Override
    public Iterable<String> getPropertyNames() {
        return Set.copyOf(values.keySet());
    }

    @Override
    public Iterable<ConfigSource> getConfigSources() {
        return List.of();
    }

    @Override
    public <T> Optional<Converter<T>> getConverter(Class<T> type) {
        return Optional.empty();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        throw new IllegalArgumentException();
    }

    private record Value(String getName, String getValue, String source) implements ConfigValue {

        @Override
        public String getRawValue() {
            return getValue;
        }

        @Override
        public String getSourceName() {
            return getValue == null ? null : source;
        }

        @Override
        public int getSourceOrdinal() {
            return 100;
        }
    }
}
