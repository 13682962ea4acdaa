package io.cachedconnection.internal.config;

import java.nio.file.Path;
import java.security.Key;
import java.util.List;

/**
 * The settings of one use of secret keys.
 *
 * @param enabled whether they are used
 * @param keys the keys
 * @param file a file that holds them instead
 * @param text how they are written
 */
record KeySettings(Setting<Boolean> enabled, Setting<List<Key>> keys, Setting<Path> file, SecretKeyText text) {

    static final KeySettings ENCRYPTION = new KeySettings(
            Setting.ENCRYPTION_ENABLED, Setting.ENCRYPTION_KEYS, Setting.ENCRYPTION_KEYS_FILE, SecretKeyText.OF_VALUES);

    static final KeySettings PRIVACY = new KeySettings(
            Setting.KEY_PRIVACY_ENABLED, Setting.KEY_PRIVACY_KEY, Setting.KEY_PRIVACY_KEY_FILE, SecretKeyText.OF_NAMES);
}
