package io.cachedconnection.internal.config;

import io.cachedconnection.internal.message.ConfigMessage;
import io.cachedconnection.internal.tls.TlsEvents;
import io.cachedconnection.internal.tls.TlsException;
import io.cachedconnection.internal.tls.TlsPart;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;

/** What happens to TLS while the application runs, as warnings. */
final class TlsLog implements TlsEvents {

    private final ConfigReader configReader;
    private final Consumer<String> warnings;

    /** {@code configReader} is the log's own: it is used on other threads, one at a time. */
    TlsLog(ConfigReader configReader, Consumer<String> warnings) {
        this.configReader = configReader;
        this.warnings = warnings;
    }

    @Override
    public void kept(TlsException why) {
        Setting<Path> setting = TlsReading.setting(why.part());
        ConfigReader pass = configReader.again();
        pass.refuse(setting, pass.general(setting).map(Path::toString).orElse(""), why.reason());
        warnings.accept(ConfigMessage.TLS_KEPT.with(String.join(System.lineSeparator(), pass.problems())));
    }

    @Override
    public void expired(Instant end) {
        boolean pem = configReader.isSet(Setting.TLS_CERTIFICATE_FILE);
        String key = TlsReading.setting(pem ? TlsPart.CERTIFICATE : TlsPart.KEY_STORE)
                .key();
        warnings.accept(ConfigMessage.EXPIRED.with(key, configReader.source(key), end));
    }
}
