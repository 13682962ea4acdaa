package io.cachedconnection.internal.config;

import io.cachedconnection.internal.common.Throttle;
import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.Login;
import io.cachedconnection.internal.endpoint.Secret;
import io.cachedconnection.internal.message.ConfigMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A login that is read again for each new connection, so that a password can be rotated. While it is unreadable or missing, the
 * last valid one stays in use, because Redis may still accept it. Thread-safe.
 */
final class LiveLogin implements Login {

    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final ConfigReader reader; // only for passes of its own
    private final LoginSettings settings;
    private final Credentials uri;
    private final Consumer<String> warnings;
    private final Throttle throttle = new Throttle(SILENCE, System::nanoTime);
    private volatile Credentials last; // the last valid one

    /** The settings of one login. */
    record LoginSettings(Setting<String> username, Setting<Secret> password, Setting<Path> passwordFile) {

        static final LoginSettings REDIS =
                new LoginSettings(Setting.REDIS_USERNAME, Setting.REDIS_PASSWORD, Setting.REDIS_PASSWORD_FILE);

        static final LoginSettings SENTINEL =
                new LoginSettings(Setting.SENTINEL_USERNAME, Setting.SENTINEL_PASSWORD, Setting.SENTINEL_PASSWORD_FILE);
    }

    /** Creates a login and reads it; the settings override the login of the URI, {@code uri}. */
    LiveLogin(ConfigReader reader, LoginSettings settings, Credentials uri, Consumer<String> warnings) {
        this.reader = reader;
        this.settings = settings;
        this.uri = uri;
        this.warnings = warnings;
        this.last = read(reader, settings, uri);
    }

    @Override
    public Credentials current() {
        List<String> problems;
        try {
            ConfigReader pass = reader.again();
            Credentials now = read(pass, settings, uri);
            problems = pass.problems();
            if (problems.isEmpty() && now.password() != null) {
                last = now;
            }
        } catch (RuntimeException e) { // of a configuration source; its message may quote a value
            problems = List.of(e.getClass().getName());
        }
        if (!problems.isEmpty() && throttle.permits()) {
            warnings.accept(
                    ConfigMessage.LOGIN_KEPT.with(SILENCE.toSeconds(), String.join(System.lineSeparator(), problems)));
        }
        return last;
    }

    static Credentials read(ConfigReader reader, LoginSettings settings, Credentials uri) {
        @Nullable String username = reader.find(settings.username).orElse(uri.username());
        Optional<Secret> own = reader.find(settings.password);
        Optional<Path> file = reader.find(settings.passwordFile);
        if (file.isPresent()) {
            if (own.isPresent()) {
                reader.conflict(settings.password.key(), settings.passwordFile.key());
            }
            try {
                own = Optional.of(SecretFile.password(file.get()));
            } catch (InvalidValue e) {
                reader.refuse(settings.passwordFile, file.get(), e.reason());
                own = Optional.empty();
            }
        }
        @Nullable Secret password = own.orElse(uri.password());
        // Without a password Redis would log in its default user, unnoticed.
        if (username != null && password == null && !reader.isSet(settings.passwordFile)) {
            String key = (reader.isSet(settings.username) ? settings.username : Setting.REDIS_URI).key();
            reader.problem(ConfigMessage.NO_PASSWORD, key, reader.source(key), settings.password.key());
        }
        return new Credentials(username, password);
    }

    /** Hides the login. */
    @Override
    public String toString() {
        return "LiveLogin[***]";
    }
}
