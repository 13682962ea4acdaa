package io.cachedconnection.internal.config;

import java.nio.file.Path;
import java.security.Key;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The secret keys that are given at one level.
 *
 * @param place the setting that gives them
 * @param keys themselves; none if something is wrong with them
 */
record GivenKeys(String place, List<Key> keys) {

    /** Those that are given there, if any are; from then on they are never asked for again. */
    static Optional<GivenKeys> at(SettingLevel level, KeySettings settings) {
        boolean inFile = level.isSet(settings.file());
        boolean inSetting = level.isSet(settings.keys());
        if (inFile && inSetting) {
            level.reading().conflict(level.key(settings.keys()), level.key(settings.file()));
        }
        List<Key> keys = inFile ? inFile(level, settings) : List.of();
        if (inSetting) {
            return Optional.of(new GivenKeys(
                    level.key(settings.keys()), level.read(settings.keys()).orElse(List.of())));
        }
        return inFile ? Optional.of(new GivenKeys(level.key(settings.file()), keys)) : Optional.empty();
    }

    private static List<Key> inFile(SettingLevel level, KeySettings settings) {
        return level.read(settings.file())
                .map(file -> inFile(level, settings, file))
                .orElse(List.of());
    }

    private static List<Key> inFile(SettingLevel level, KeySettings settings, Path file) {
        try {
            return settings.text().inFile(SmallFile.text(file, "keys"));
        } catch (InvalidValue e) {
            Setting<Path> setting = settings.file();
            level.reading().refuse(level.key(setting), setting.allowed(), file.toString(), e.reason());
            return List.of();
        }
    }

    /** Whether one of them is among the {@code others}, whatever those are for. */
    boolean meets(GivenKeys others) {
        return keys.stream()
                .anyMatch(key ->
                        others.keys.stream().anyMatch(other -> Arrays.equals(key.getEncoded(), other.getEncoded())));
    }

    /** Says nothing of keys. */
    @Override
    public String toString() {
        return "GivenKeys[place=" + place + "]";
    }
}
