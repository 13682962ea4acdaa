package io.cachedconnection.internal.config;

import java.nio.file.Path;
import java.security.Key;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The secret keys for one purpose: each cache has its own, else the general ones, else none. */
final class SecretKeyReader {

    private final ConfigReader reader;
    private final KeySettings settings;
    private final Collection<String> caches;
    private final Map<String, ConfiguredKeys> configured = new LinkedHashMap<>(); // by cache; each file is read once

    /**
     * The settings of one purpose.
     *
     * @param file a file that holds the keys instead
     * @param text how they are written
     */
    record KeySettings(Setting<Boolean> enabled, Setting<List<Key>> keys, Setting<Path> file, SecretKeyText text) {

        static final KeySettings ENCRYPTION = new KeySettings(
                Setting.ENCRYPTION_ENABLED,
                Setting.ENCRYPTION_KEYS,
                Setting.ENCRYPTION_KEYS_FILE,
                SecretKeyText.OF_VALUES);

        static final KeySettings PRIVACY = new KeySettings(
                Setting.KEY_PRIVACY_ENABLED,
                Setting.KEY_PRIVACY_KEY,
                Setting.KEY_PRIVACY_KEY_FILE,
                SecretKeyText.OF_NAMES);
    }

    /**
     * The keys that one setting gives.
     *
     * @param setting the key of that setting
     * @param keys none if something is wrong with them
     */
    record ConfiguredKeys(String setting, List<Key> keys) {

        /** Whether one of them is among the {@code others}. */
        boolean overlap(ConfiguredKeys others) {
            return keys.stream()
                    .anyMatch(key -> others.keys.stream()
                            .anyMatch(other -> Arrays.equals(key.getEncoded(), other.getEncoded())));
        }

        /** Hides the keys. */
        @Override
        public String toString() {
            return "ConfiguredKeys[setting=" + setting + "]";
        }
    }

    /** Reads the general keys and those of {@code caches}. */
    SecretKeyReader(ConfigReader reader, KeySettings settings, Collection<String> caches) {
        this.reader = reader;
        this.settings = settings;
        this.caches = caches;
        read(Setting.GENERAL);
        caches.forEach(this::read);
    }

    private void read(String cache) {
        String file = settings.file.key(cache);
        String setting = settings.keys.key(cache);
        boolean inFile = reader.isSet(file);
        boolean inSetting = reader.isSet(setting);
        if (inFile && inSetting) {
            reader.conflict(setting, file);
        }
        List<Key> ofFile = List.of();
        if (inFile) { // also where both are set, to find what is wrong with it
            ofFile = reader.find(settings.file, cache)
                    .map(path -> {
                        try {
                            return settings.text.inFile(SecretFile.text(path, "keys"));
                        } catch (InvalidValue e) {
                            reader.refuse(file, settings.file.type(), path.toString(), e.reason());
                            return List.<Key>of();
                        }
                    })
                    .orElse(List.of());
        }
        if (inSetting) {
            List<Key> keys = reader.find(settings.keys, cache).orElse(List.of());
            configured.put(cache, new ConfiguredKeys(setting, keys));
        } else if (inFile) {
            configured.put(cache, new ConfiguredKeys(file, ofFile));
        }
    }

    /** All that are configured. */
    Collection<ConfiguredKeys> configured() {
        return configured.values();
    }

    /** The keys to use for this cache, or in general; empty if they are not enabled, or if something is wrong. */
    List<Key> of(String cache) {
        return enabled(cache) ? keys(cache).map(ConfiguredKeys::keys).orElse(List.of()) : List.of();
    }

    boolean enabled(String cache) {
        return reader.find(settings.enabled, cache)
                .or(() -> reader.find(settings.enabled))
                .orElse(false);
    }

    /** The key of the setting that decides whether this cache uses them. */
    String enabledKey(String cache) {
        return settings.enabled.key(decides(cache) ? cache : Setting.GENERAL);
    }

    /** Notes what has no effect as it is: a user must not feel safe without being so. */
    void check() {
        checkHasKeys(Setting.GENERAL);
        caches.forEach(this::checkHasKeys);
        configured.forEach((cache, keys) -> {
            boolean decided = decides(Setting.GENERAL)
                    || (cache.equals(Setting.GENERAL) ? caches.stream().anyMatch(this::decides) : decides(cache));
            if (!decided) {
                reader.incomplete(keys.setting(), settings.enabled.key(cache));
            }
        });
    }

    private void checkHasKeys(String cache) {
        if (enabled(cache) && keys(cache).isEmpty()) {
            reader.incomplete(enabledKey(cache), settings.keys.key(decides(cache) ? cache : Setting.GENERAL));
        }
    }

    private boolean decides(String cache) {
        return reader.isSet(settings.enabled.key(cache));
    }

    private Optional<ConfiguredKeys> keys(String cache) {
        @Nullable ConfiguredKeys own = configured.get(cache);
        return Optional.ofNullable(own == null ? configured.get(Setting.GENERAL) : own);
    }
}
