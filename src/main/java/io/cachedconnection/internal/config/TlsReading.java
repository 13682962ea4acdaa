package io.cachedconnection.internal.config;

import io.cachedconnection.internal.core.Secret;
import io.cachedconnection.internal.core.TlsUpgrade;
import io.cachedconnection.internal.tls.Tls;
import io.cachedconnection.internal.tls.TlsException;
import io.cachedconnection.internal.tls.TlsFiles;
import io.cachedconnection.internal.tls.TlsPart;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The settings of TLS. */
final class TlsReading {

    /** All of them. */
    static final List<Setting<?>> ALL = List.of(
            Setting.TLS_CA_FILE,
            Setting.TLS_CERTIFICATE_FILE,
            Setting.TLS_KEY_FILE,
            Setting.TLS_TRUST_STORE,
            Setting.TLS_TRUST_STORE_PASSWORD,
            Setting.TLS_KEY_STORE,
            Setting.TLS_KEY_STORE_PASSWORD,
            Setting.TLS_VERIFY_HOST);

    private static final Map<TlsPart, Setting<Path>> FILES = Map.of(
            TlsPart.CA, Setting.TLS_CA_FILE,
            TlsPart.CERTIFICATE, Setting.TLS_CERTIFICATE_FILE,
            TlsPart.KEY, Setting.TLS_KEY_FILE,
            TlsPart.TRUST_STORE, Setting.TLS_TRUST_STORE,
            TlsPart.KEY_STORE, Setting.TLS_KEY_STORE);
    private static final Map<TlsPart, Setting<Secret>> PASSWORDS = Map.of(
            TlsPart.TRUST_STORE, Setting.TLS_TRUST_STORE_PASSWORD,
            TlsPart.KEY_STORE, Setting.TLS_KEY_STORE_PASSWORD);

    private final ConfigReader configReader;
    private final Consumer<String> warnings;

    TlsReading(ConfigReader configReader, Consumer<String> warnings) {
        this.configReader = configReader;
        this.warnings = warnings;
    }

    /** The setting that names the file for {@code part}. */
    static Setting<Path> setting(TlsPart part) {
        @Nullable Setting<Path> setting = FILES.get(part);
        if (setting == null) {
            throw new IllegalStateException("No setting names " + part + ".");
        }
        return setting;
    }

    /** Null only if something is wrong. */
    @Nullable TlsUpgrade encryption() {
        int before = configReader.problems().size();
        boolean verifyHost = configReader.general(Setting.TLS_VERIFY_HOST).orElse(true);
        TlsFiles files = new TlsFiles(read(FILES), read(PASSWORDS), verifyHost);
        checkOneOfEach();
        checkPairs();
        files.refusals().forEach(this::refuse);
        return configReader.problems().size() == before ? tls(files) : null;
    }

    private <T> Map<TlsPart, T> read(Map<TlsPart, Setting<T>> settings) {
        Map<TlsPart, T> values = new EnumMap<>(TlsPart.class);
        new EnumMap<>(settings) // in an order that is always the same, for whoever reads the problems
                .forEach((part, setting) -> configReader.general(setting).ifPresent(value -> values.put(part, value)));
        return values;
    }

    private @Nullable TlsUpgrade tls(TlsFiles files) {
        try {
            return new Tls(files, new TlsLog(configReader.again(), warnings), InstantSource.system());
        } catch (TlsException e) {
            refuse(e); // changed since it was looked at
            return null;
        }
    }

    private void refuse(TlsException e) {
        Setting<Path> setting = setting(e.part());
        @Nullable Setting<Secret> password = PASSWORDS.get(e.part());
        if (e.lacksPassword() && password != null) {
            incomplete(setting, password);
        } else {
            configReader.refuse(
                    setting, configReader.general(setting).map(Path::toString).orElse(""), e.reason());
        }
    }

    private void checkOneOfEach() {
        checkOneOf(Setting.TLS_CA_FILE, Setting.TLS_TRUST_STORE);
        checkOneOf(Setting.TLS_CERTIFICATE_FILE, Setting.TLS_KEY_STORE);
        checkOneOf(Setting.TLS_KEY_FILE, Setting.TLS_KEY_STORE);
    }

    private void checkPairs() {
        checkNeeds(Setting.TLS_CERTIFICATE_FILE, Setting.TLS_KEY_FILE);
        checkNeeds(Setting.TLS_KEY_FILE, Setting.TLS_CERTIFICATE_FILE);
        checkNeeds(Setting.TLS_TRUST_STORE_PASSWORD, Setting.TLS_TRUST_STORE);
        checkNeeds(Setting.TLS_KEY_STORE_PASSWORD, Setting.TLS_KEY_STORE);
    }

    private void checkOneOf(Setting<?> one, Setting<?> other) {
        if (configReader.isSet(one) && configReader.isSet(other)) {
            configReader.conflict(one, other);
        }
    }

    private void checkNeeds(Setting<?> one, Setting<?> other) {
        if (configReader.isSet(one) && !configReader.isSet(other)) {
            incomplete(one, other);
        }
    }

    private void incomplete(Setting<?> one, Setting<?> other) {
        configReader.incomplete(one.key(), other.key());
    }
}
