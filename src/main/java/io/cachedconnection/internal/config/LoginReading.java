package io.cachedconnection.internal.config;

import io.cachedconnection.internal.core.Credentials;
import io.cachedconnection.internal.core.Secret;
import io.cachedconnection.internal.message.ConfigMessage;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The settings of one login, at the start and for each new connection: they win over what the URI says. */
final class LoginReading {

    private final ConfigReader configReader;
    private final LoginKeys keys;
    private final Credentials uri;

    /** {@code uri} is the login that the URI names. */
    LoginReading(ConfigReader configReader, LoginKeys keys, Credentials uri) {
        this.configReader = configReader;
        this.keys = keys;
        this.uri = uri;
    }

    Credentials credentials() {
        @Nullable String username = configReader.general(keys.username()).orElse(uri.username());
        @Nullable Secret password = password().orElse(uri.password());
        checkLogin(username, password);
        return new Credentials(username, password);
    }

    private Optional<Secret> password() {
        Optional<Secret> password = configReader.general(keys.password());
        Optional<Path> file = configReader.general(keys.passwordFile());
        if (file.isEmpty()) {
            return password;
        }
        if (password.isPresent()) {
            configReader.conflict(keys.password(), keys.passwordFile());
        }
        return inFile(file.get());
    }

    private Optional<Secret> inFile(Path file) {
        try {
            return Optional.of(PasswordFile.read(file));
        } catch (InvalidValue e) {
            configReader.refuse(keys.passwordFile(), file, e.reason());
            return Optional.empty();
        }
    }

    // Redis would let us in as its default user, and nobody would notice.
    private void checkLogin(@Nullable String username, @Nullable Secret password) {
        if (username == null || password != null || configReader.isSet(keys.passwordFile())) {
            return;
        }
        String key = (configReader.isSet(keys.username()) ? keys.username() : Setting.REDIS_URI).key();
        configReader.problem(
                ConfigMessage.NO_PASSWORD,
                key,
                configReader.source(key),
                keys.password().key());
    }
}
