package io.cachedconnection.internal.config;

import io.cachedconnection.internal.core.Secret;
import io.cachedconnection.internal.core.TlsUpgrade;
import io.cachedconnection.internal.message.ConfigMessage;
import io.cachedconnection.internal.tls.Tls;
import io.cachedconnection.internal.tls.TlsEvents;
import io.cachedconnection.internal.tls.TlsException;
import io.cachedconnection.internal.tls.TlsFiles;
import io.cachedconnection.internal.tls.TlsPart;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The settings of TLS. */
final class TlsSettingsReader {

    private final ConfigReader reader;
    private final Consumer<String> warnings;

    TlsSettingsReader(ConfigReader reader, Consumer<String> warnings) {
        this.reader = reader;
        this.warnings = warnings;
    }

    private static Setting<Path> file(TlsPart part) {
        return switch (part) {
            case CA -> Setting.TLS_CA_FILE;
            case CERTIFICATE -> Setting.TLS_CERTIFICATE_FILE;
            case KEY -> Setting.TLS_KEY_FILE;
            case TRUST_STORE -> Setting.TLS_TRUST_STORE;
            case KEY_STORE -> Setting.TLS_KEY_STORE;
        };
    }

    private static @Nullable Setting<Secret> password(TlsPart part) {
        return switch (part) {
            case TRUST_STORE -> Setting.TLS_TRUST_STORE_PASSWORD;
            case KEY_STORE -> Setting.TLS_KEY_STORE_PASSWORD;
            default -> null;
        };
    }

    /** Null only if something is wrong. */
    @Nullable TlsUpgrade encryption() {
        int before = reader.problems().size();
        boolean verifyHost = reader.get(Setting.TLS_VERIFY_HOST);
        Map<TlsPart, Path> paths = new EnumMap<>(TlsPart.class);
        Map<TlsPart, Secret> passwords = new EnumMap<>(TlsPart.class);
        for (TlsPart part : TlsPart.values()) {
            reader.find(file(part)).ifPresent(path -> paths.put(part, path));
            @Nullable Setting<Secret> password = password(part);
            if (password != null) {
                reader.find(password).ifPresent(secret -> passwords.put(part, secret));
            }
        }
        checkOneOf(Setting.TLS_CA_FILE, Setting.TLS_TRUST_STORE);
        checkOneOf(Setting.TLS_CERTIFICATE_FILE, Setting.TLS_KEY_STORE);
        checkOneOf(Setting.TLS_KEY_FILE, Setting.TLS_KEY_STORE);
        checkNeeds(Setting.TLS_CERTIFICATE_FILE, Setting.TLS_KEY_FILE);
        checkNeeds(Setting.TLS_KEY_FILE, Setting.TLS_CERTIFICATE_FILE);
        checkNeeds(Setting.TLS_TRUST_STORE_PASSWORD, Setting.TLS_TRUST_STORE);
        checkNeeds(Setting.TLS_KEY_STORE_PASSWORD, Setting.TLS_KEY_STORE);
        TlsFiles files = new TlsFiles(paths, passwords, verifyHost);
        files.refusals().forEach(this::refuse);
        if (reader.problems().size() > before) {
            return null;
        }
        try {
            return new Tls(files, new LoggedEvents(reader, warnings), InstantSource.system());
        } catch (TlsException e) { // a file that has changed since it was looked at
            refuse(e);
            return null;
        }
    }

    private void checkOneOf(Setting<?> one, Setting<?> other) {
        if (reader.isSet(one) && reader.isSet(other)) {
            reader.conflict(one.key(), other.key());
        }
    }

    private void checkNeeds(Setting<?> one, Setting<?> other) {
        if (reader.isSet(one) && !reader.isSet(other)) {
            reader.incomplete(one.key(), other.key());
        }
    }

    private void refuse(TlsException e) {
        @Nullable Setting<Secret> password = password(e.part());
        if (e.lacksPassword() && password != null) {
            reader.incomplete(file(e.part()).key(), password.key());
        } else {
            refuse(reader, e);
        }
    }

    private static void refuse(ConfigReader reader, TlsException e) {
        Setting<Path> setting = file(e.part());
        reader.refuse(setting, reader.find(setting).map(Path::toString).orElse(""), e.reason());
    }

    /** What happens to TLS while the application runs, as warnings; each reads the configuration as it is then. */
    private record LoggedEvents(ConfigReader reader, Consumer<String> warnings) implements TlsEvents {

        @Override
        public void kept(TlsException why) {
            ConfigReader pass = reader.again();
            refuse(pass, why);
            warnings.accept(ConfigMessage.TLS_KEPT.with(String.join(System.lineSeparator(), pass.problems())));
        }

        @Override
        public void expired(Instant end) {
            ConfigReader pass = reader.again();
            boolean pem = pass.isSet(Setting.TLS_CERTIFICATE_FILE);
            String key = (pem ? Setting.TLS_CERTIFICATE_FILE : Setting.TLS_KEY_STORE).key();
            warnings.accept(ConfigMessage.EXPIRED.with(key, pass.source(key), end));
        }
    }
}
