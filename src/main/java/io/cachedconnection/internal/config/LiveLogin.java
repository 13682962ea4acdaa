package io.cachedconnection.internal.config;

import io.cachedconnection.internal.core.Credentials;
import io.cachedconnection.internal.core.Login;
import io.cachedconnection.internal.core.Throttle;
import io.cachedconnection.internal.message.ConfigMessage;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A login that is read anew each time, so that a password can be rotated. What cannot be read, or is gone, leaves the last
 * good one in use: Redis may well take it still. Thread-safe.
 */
final class LiveLogin implements Login {

    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final Supplier<Validated<Credentials>> source;
    private final Consumer<String> warnings;
    private final Throttle throttle;
    private volatile Credentials last; // the latest good one

    LiveLogin(
            Credentials first,
            Supplier<Validated<Credentials>> source,
            Consumer<String> warnings,
            LongSupplier nanoTime) {
        this.last = first;
        this.source = source;
        this.warnings = warnings;
        this.throttle = new Throttle(SILENCE, nanoTime);
    }

    @Override
    public Credentials current() {
        Validated<Credentials> now = now();
        if (!now.isGood()) {
            warn(now.problems());
        } else if (now.value().password() != null) {
            last = now.value();
        }
        return last;
    }

    private Validated<Credentials> now() {
        try {
            return source.get();
        } catch (RuntimeException e) { // of a source of the configuration; what it says may quote a value
            return new Validated<>(last, List.of(e.getClass().getName()));
        }
    }

    private void warn(List<String> problems) {
        if (throttle.permits()) {
            warnings.accept(
                    ConfigMessage.LOGIN_KEPT.with(SILENCE.toSeconds(), String.join(System.lineSeparator(), problems)));
        }
    }

    /** Says nothing: who may log in, and how, is nobody's business. */
    @Override
    public String toString() {
        return "LiveLogin[***]";
    }
}
