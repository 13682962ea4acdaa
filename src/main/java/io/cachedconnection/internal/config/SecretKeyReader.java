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

/** Reads the secret keys for one purpose: each cache's own, or else the general ones, or else none. */
final class SecretKeyReader {

    private final ConfigReader reader;
    private final Collection<String> caches;
    private final Setting<Boolean> enabled;
    private final Setting<List<Key>> keys;
    private final Setting<Path> file;
    private final SecretKeyText text;
    private final Map<String, ConfiguredKeys> configured = new LinkedHashMap<>(); // by cache; each file is read once

    /**
     * The keys of one setting.
     *
     * @param setting the configuration key of the setting
     * @param keys the keys; empty if they have problems
     */
    record ConfiguredKeys(String setting, List<Key> keys) {

        /** Whether a key is also among the {@code others}. */
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

    /** Reads the keys of {@code caches} and the general ones, from the setting {@code keys} or from a {@code file}. */
    SecretKeyReader(
            ConfigReader reader,
            Collection<String> caches,
            Setting<Boolean> enabled,
            Setting<List<Key>> keys,
            Setting<Path> file,
            SecretKeyText text) {
        this.reader = reader;
        this.caches = caches;
        this.enabled = enabled;
        this.keys = keys;
        this.file = file;
        this.text = text;
        read(Setting.GENERAL);
        caches.forEach(this::read);
    }

    private void read(String cache) {
        String fileKey = file.key(cache);
        String keysKey = keys.key(cache);
        boolean inFile = reader.isSet(fileKey);
        boolean inSetting = reader.isSet(keysKey);
        if (inFile && inSetting) {
            reader.conflict(keysKey, fileKey);
        }
        List<Key> found = List.of();
        @Nullable Path path = inFile ? reader.find(file, cache).orElse(null) : null;
        if (path != null) { // also if both are set, to find its problems
            try {
                found = text.inFile(SecretFile.text(path, "keys"));
            } catch (InvalidValue e) {
                reader.refuse(fileKey, file.type(), path.toString(), e.reason());
            }
        }
        if (inSetting) {
            found = reader.find(keys, cache).orElse(List.of());
        }
        if (inSetting || inFile) {
            configured.put(cache, new ConfiguredKeys(inSetting ? keysKey : fileKey, found));
        }
    }

    /** Returns all configured keys, general ones first. */
    Collection<ConfiguredKeys> configured() {
        return configured.values();
    }

    /** Returns the keys for this cache, or in general; empty if they are off or have problems. */
    List<Key> of(String cache) {
        return enabled(cache) ? ofLevel(cache).map(ConfiguredKeys::keys).orElse(List.of()) : List.of();
    }

    boolean enabled(String cache) {
        return reader.find(enabled, cache).or(() -> reader.find(enabled)).orElse(false);
    }

    /** Returns the configuration key of the setting that decides whether this cache uses them. */
    String enabledKey(String cache) {
        return enabled.key(decides(cache) ? cache : Setting.GENERAL);
    }

    /** Reports settings without effect, so that no user feels safe by mistake. */
    void check() {
        checkHasKeys(Setting.GENERAL);
        caches.forEach(this::checkHasKeys);
        configured.forEach((cache, given) -> {
            boolean decided = decides(Setting.GENERAL)
                    || (cache.equals(Setting.GENERAL) ? caches.stream().anyMatch(this::decides) : decides(cache));
            if (!decided) {
                reader.incomplete(given.setting(), enabled.key(cache));
            }
        });
    }

    private void checkHasKeys(String cache) {
        if (enabled(cache) && ofLevel(cache).isEmpty()) {
            reader.incomplete(enabledKey(cache), keys.key(decides(cache) ? cache : Setting.GENERAL));
        }
    }

    private boolean decides(String cache) {
        return reader.isSet(enabled.key(cache));
    }

    private Optional<ConfiguredKeys> ofLevel(String cache) {
        @Nullable ConfiguredKeys own = configured.get(cache);
        return Optional.ofNullable(own == null ? configured.get(Setting.GENERAL) : own);
    }
}
