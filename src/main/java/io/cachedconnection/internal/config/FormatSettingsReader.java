package io.cachedconnection.internal.config;

import io.cachedconnection.internal.config.SecretKeyReader.ConfiguredKeys;
import io.cachedconnection.internal.engine.store.FormatSettings;
import io.cachedconnection.internal.engine.store.FormatSettings.Format;
import io.cachedconnection.internal.engine.store.FormatSettings.KeyRing;
import io.cachedconnection.internal.message.ConfigMessage;
import io.cachedconnection.internal.profile.CacheProfile;
import io.cachedconnection.internal.profile.CacheProfiles;
import java.security.Key;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the formats of values and keys in Redis: each cache's own settings, or else the general ones, or else the defaults. */
final class FormatSettingsReader {

    private final ConfigReader reader;
    private final List<String> caches;
    private final SecretKeyReader encryption;
    private final SecretKeyReader privacy;

    FormatSettingsReader(ConfigReader reader, Collection<String> caches) {
        this.reader = reader;
        this.caches = List.copyOf(caches);
        this.encryption = new SecretKeyReader(
                reader,
                this.caches,
                Setting.ENCRYPTION_ENABLED,
                Setting.ENCRYPTION_KEYS,
                Setting.ENCRYPTION_KEYS_FILE,
                SecretKeyText.OF_VALUES);
        this.privacy = new SecretKeyReader(
                reader,
                this.caches,
                Setting.KEY_PRIVACY_ENABLED,
                Setting.KEY_PRIVACY_KEY,
                Setting.KEY_PRIVACY_KEY_FILE,
                SecretKeyText.OF_NAMES);
    }

    /**
     * Returns the settings of each cache. For a cache that was unknown at the start it reads the configuration, on a thread of
     * the application, and throws an {@link IllegalArgumentException} with all problems of that cache's own settings.
     */
    Function<String, FormatSettings> settings() {
        Map<String, FormatSettings> known = new TreeMap<>();
        caches.forEach(cache -> known.put(cache, settings(cache)));
        FormatSettings general = settings(Setting.GENERAL);
        known.put(Setting.GENERAL, general);
        check();
        return cache -> {
            @Nullable FormatSettings settings = known.get(cache);
            return settings == null ? ofUnknown(cache, general) : settings;
        };
    }

    /**
     * Returns the {@code general} settings as of the start, unless this cache has its own. Environment variables can be its
     * own: they are found by name, although no source lists them.
     */
    private FormatSettings ofUnknown(String cache, FormatSettings general) {
        ConfigReader now = reader.again();
        FormatSettings settings = general;
        if (Setting.OF_FORMAT.stream().anyMatch(setting -> now.isSet(setting.key(cache)))) {
            // Includes the known caches, because general settings may exist for their sake only, and no key may serve
            // two
            // purposes.
            List<String> all = new ArrayList<>(caches);
            all.add(cache);
            settings = new FormatSettingsReader(now, all).settings().apply(cache);
        }
        List<String> problems = now.problems(); // a failing source causes problems even without settings
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(ConfigMessage.NOT_OPENED.with(cache, String.join("\n", problems)));
        }
        return settings;
    }

    private FormatSettings settings(String cache) {
        Format format = format(cache);
        int compressOver = reader.get(Setting.COMPRESS_OVER, cache);
        List<Key> ring = encryption.of(cache);
        return new FormatSettings(
                format,
                format == Format.JSON || compressOver == 0 ? FormatSettings.NEVER : compressOver,
                ring.isEmpty() ? null : new KeyRing(ring),
                privacy.of(cache).stream().findFirst().orElse(null),
                reader.get(Setting.CODEC, cache));
    }

    private Format format(String cache) {
        if (encryption.enabled(cache) || privacy.enabled(cache)) {
            // Even if a profile says JSON: other programs could not read or find these entries anyway.
            return Format.ENVELOPE;
        }
        CacheProfile profile = CacheProfiles.ofCache(cache);
        Format usual = profile != null && profile.isBareJson() ? Format.JSON : Format.ENVELOPE;
        return reader.find(Setting.WIRE, deciding(cache)).orElse(usual);
    }

    /** Returns the cache whose setting decides the format, this one or {@link Setting#GENERAL}. */
    private String deciding(String cache) {
        return reader.isSet(Setting.WIRE.key(cache)) ? cache : Setting.GENERAL;
    }

    private void check() {
        encryption.check();
        privacy.check();
        for (ConfiguredKeys ofNames : privacy.configured()) {
            for (ConfiguredKeys ofValues : encryption.configured()) {
                if (ofNames.overlap(ofValues)) {
                    reader.contradiction(
                            ofNames.setting(),
                            ofValues.setting(),
                            "they have a key in common, of which the one use is for ever and the other is to be rotated");
                }
            }
        }
        checkJsonIsReadable(Setting.GENERAL);
        caches.forEach(this::checkJsonIsReadable);
        caches.forEach(this::checkJsonIsNotCompressed);
    }

    private void checkJsonIsReadable(String cache) {
        String deciding = deciding(cache);
        String wire = Setting.WIRE.key(deciding);
        if (encryption.enabled(cache) && isJson(deciding)) {
            reader.contradiction(wire, encryption.enabledKey(cache), "bare JSON is not encrypted");
        }
        if (privacy.enabled(cache) && isJson(deciding)) {
            String reason = "bare JSON is for other programs, which cannot find private keys";
            reader.contradiction(wire, privacy.enabledKey(cache), reason);
        }
    }

    // A general setting of one of the two applies to the caches that it suits.
    private void checkJsonIsNotCompressed(String cache) {
        if (reader.find(Setting.COMPRESS_OVER, cache).orElse(0) == 0) {
            return;
        }
        String deciding = deciding(cache);
        String compressOver = Setting.COMPRESS_OVER.key(cache);
        if (isJson(deciding)) {
            reader.contradiction(Setting.WIRE.key(deciding), compressOver, "bare JSON is not compressed");
        } else if (!reader.isSet(Setting.WIRE.key(deciding)) && format(cache) == Format.JSON) {
            reader.incomplete(compressOver, Setting.WIRE.key(cache) + "=" + Format.ENVELOPE);
        }
    }

    private boolean isJson(String deciding) {
        return reader.find(Setting.WIRE, deciding).filter(Format.JSON::equals).isPresent();
    }
}
