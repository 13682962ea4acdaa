package io.cachedconnection.internal.config;

import io.cachedconnection.internal.core.FormatSettings;
import io.cachedconnection.internal.core.FormatSettings.Codec;
import io.cachedconnection.internal.core.FormatSettings.Format;
import io.cachedconnection.internal.core.KeyRing;
import io.cachedconnection.internal.core.KeySpace;
import java.security.Key;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The settings of how values and keys stand in Redis: for each cache its own, else the general ones, else the defaults. */
final class WireReading {

    static final int COMPRESS_OVER = 0;

    private final ConfigReader configReader;
    private final SettingLevel general;
    private final List<SettingLevel> levels;
    private final SecretKeyReading encryption;
    private final SecretKeyReading privacy;

    WireReading(ConfigReader configReader, Collection<String> caches) {
        this.configReader = configReader;
        this.general = new SettingLevel(configReader, null);
        this.levels = caches.stream()
                .map(cache -> new SettingLevel(configReader, cache))
                .toList();
        this.encryption = new SecretKeyReading(KeySettings.ENCRYPTION, general, levels);
        this.privacy = new SecretKeyReading(KeySettings.PRIVACY, general, levels);
    }

    CacheFormatSettings settings() {
        Map<String, FormatSettings> known = new TreeMap<>();
        for (SettingLevel level : levels) {
            known.put(String.valueOf(level.cache()), settings(level));
        }
        FormatSettings others = settings(general);
        check();
        return new CacheFormatSettings(
                known, new LateWireReading(configReader, List.copyOf(known.keySet()), others)::of);
    }

    private FormatSettings settings(SettingLevel level) {
        Format format = format(level);
        int compressOver = compressOver(level);
        Codec codec = general.read(Setting.CODEC).orElse(Codec.DIRECT);
        List<Key> ring = encryption.of(level);
        return new FormatSettings(
                format,
                format == Format.JSON || compressOver == 0 ? FormatSettings.NEVER : compressOver,
                ring.isEmpty() ? null : new KeyRing(ring),
                nameKey(level),
                level.read(Setting.CODEC).orElse(codec));
    }

    private @Nullable Key nameKey(SettingLevel level) {
        return privacy.of(level).stream().findFirst().orElse(null);
    }

    private Format format(SettingLevel level) {
        if (encryption.enabled(level) || privacy.enabled(level)) {
            return Format
                    .ENVELOPE; // also that of provider connections: what others cannot read or find is no use to them
        }
        boolean original = KeySpace.PROVIDER_CONNECTION.equals(level.cache());
        return deciding(level).read(Setting.WIRE).orElse(original ? Format.JSON : Format.ENVELOPE);
    }

    /** Where the format is set that holds for {@code level}, if anywhere. */
    private SettingLevel deciding(SettingLevel level) {
        return level.isSet(Setting.WIRE) ? level : general;
    }

    private int compressOver(SettingLevel level) {
        int all = general.read(Setting.COMPRESS_OVER).orElse(COMPRESS_OVER);
        return level.read(Setting.COMPRESS_OVER).orElse(all);
    }

    private void check() {
        encryption.check();
        privacy.check();
        checkNoKeyHasTwoUses();
        checkJsonIsForOthers(general);
        levels.forEach(this::checkJsonIsForOthers);
        levels.forEach(this::checkJsonIsNotCompressed);
    }

    private void checkNoKeyHasTwoUses() {
        for (GivenKeys hiding : privacy.given()) {
            encryption.given().stream().filter(hiding::meets).forEach(encrypting -> contradict(hiding, encrypting));
        }
    }

    private void contradict(GivenKeys hiding, GivenKeys encrypting) {
        String reason = "they have a key in common, of which the one use is for ever and the other is to be rotated";
        configReader.contradiction(hiding.place(), encrypting.place(), reason);
    }

    private void checkJsonIsForOthers(SettingLevel level) {
        checkJsonIsWithout(encryption, level, "bare JSON is not encrypted");
        checkJsonIsWithout(privacy, level, "bare JSON is for other programs, which cannot find private keys");
    }

    private void checkJsonIsWithout(SecretKeyReading use, SettingLevel level, String reason) {
        SettingLevel deciding = deciding(level);
        if (use.enabled(level) && isJson(deciding)) {
            configReader.contradiction(deciding.key(Setting.WIRE), use.enabledKey(level), reason);
        }
    }

    // A general setting of one of the two is for those caches that it suits.
    private void checkJsonIsNotCompressed(SettingLevel level) {
        if (level.read(Setting.COMPRESS_OVER).orElse(0) == 0) {
            return;
        }
        SettingLevel deciding = deciding(level);
        String compressOver = level.key(Setting.COMPRESS_OVER);
        if (isJson(deciding)) {
            configReader.contradiction(deciding.key(Setting.WIRE), compressOver, "bare JSON is not compressed");
        } else if (!deciding.isSet(Setting.WIRE) && format(level) == Format.JSON) {
            configReader.incomplete(compressOver, level.key(Setting.WIRE) + "=" + Format.ENVELOPE);
        }
    }

    private static boolean isJson(SettingLevel level) {
        return level.read(Setting.WIRE).filter(Format.JSON::equals).isPresent();
    }
}
