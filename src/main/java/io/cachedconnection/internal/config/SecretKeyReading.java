package io.cachedconnection.internal.config;

import java.security.Key;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The secret keys of one use: each cache has its own, else the general ones, else none. */
final class SecretKeyReading {

    private final KeySettings settings;
    private final SettingLevel general;
    private final List<SettingLevel> levels;
    private final Map<SettingLevel, GivenKeys> given = new LinkedHashMap<>(); // each file is read once

    /** A reading at these {@code levels}, and the {@code general} one. */
    SecretKeyReading(KeySettings settings, SettingLevel general, List<SettingLevel> levels) {
        this.settings = settings;
        this.general = general;
        this.levels = levels;
        give(general);
        levels.forEach(this::give);
    }

    private void give(SettingLevel level) {
        GivenKeys.at(level, settings).ifPresent(keys -> given.put(level, keys));
    }

    /** All that are given, at whatever level. */
    Collection<GivenKeys> given() {
        return given.values();
    }

    /** Those to use at this level; empty if they are not to be used, or if something is wrong. */
    List<Key> of(SettingLevel level) {
        return enabled(level) ? keys(level).map(GivenKeys::keys).orElse(List.of()) : List.of();
    }

    boolean enabled(SettingLevel level) {
        return level.read(settings.enabled())
                .or(() -> general.read(settings.enabled()))
                .orElse(false);
    }

    /** The key of the setting that decides whether they are used at this level. */
    String enabledKey(SettingLevel level) {
        return enabling(level).key(settings.enabled());
    }

    /** Notes what has no effect as it is: nobody may believe himself safe without being so. */
    void check() {
        checkHasKeys(general);
        levels.forEach(this::checkHasKeys);
        given.forEach(this::checkIsUsed);
    }

    private void checkHasKeys(SettingLevel level) {
        if (enabled(level) && keys(level).isEmpty()) {
            general.reading().incomplete(enabledKey(level), enabling(level).key(settings.keys()));
        }
    }

    private void checkIsUsed(SettingLevel level, GivenKeys keys) {
        boolean decided = general.isSet(settings.enabled())
                || (level.equals(general) ? levels.stream().anyMatch(this::decides) : decides(level));
        if (!decided) {
            general.reading().incomplete(keys.place(), level.key(settings.enabled()));
        }
    }

    private boolean decides(SettingLevel level) {
        return level.isSet(settings.enabled());
    }

    private Optional<GivenKeys> keys(SettingLevel level) {
        return Optional.ofNullable(given.get(level)).or(() -> Optional.ofNullable(given.get(general)));
    }

    private SettingLevel enabling(SettingLevel level) {
        return decides(level) ? level : general;
    }
}
