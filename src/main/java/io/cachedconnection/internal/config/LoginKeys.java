package io.cachedconnection.internal.config;

import io.cachedconnection.internal.core.Secret;
import java.nio.file.Path;

/** The settings of one login. */
record LoginKeys(Setting<String> username, Setting<Secret> password, Setting<Path> passwordFile) {

    /** That for Redis. */
    static final LoginKeys REDIS =
            new LoginKeys(Setting.REDIS_USERNAME, Setting.REDIS_PASSWORD, Setting.REDIS_PASSWORD_FILE);

    /** That for the Sentinels. */
    static final LoginKeys SENTINEL =
            new LoginKeys(Setting.SENTINEL_USERNAME, Setting.SENTINEL_PASSWORD, Setting.SENTINEL_PASSWORD_FILE);
}
