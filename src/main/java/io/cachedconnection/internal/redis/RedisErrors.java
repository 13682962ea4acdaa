package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Translates failed calls. Redis quotes arguments in some error replies, so only the code of a reply is kept, and only the kind
 * of an exception.
 */
final class RedisErrors {

    private static final Pattern CODE = Pattern.compile("^[A-Z]{2,20}\\b");
    private static final Pattern CODE_IN_SCRIPT = Pattern.compile("@user_script: ?\\d+: -?([A-Z]{2,20})\\b");

    /** The reasons of refusals that do not concern the command itself. */
    private static final Map<String, Reason> REASONS = Map.ofEntries(
            Map.entry("WRONGTYPE", Reason.WRONG_TYPE),
            Map.entry("NOSCRIPT", Reason.NO_SCRIPT),
            Map.entry("TRYAGAIN", Reason.MOVING),
            Map.entry("READONLY", Reason.READ_ONLY),
            Map.entry("LOADING", Reason.NOT_NOW),
            Map.entry("OOM", Reason.NOT_NOW),
            Map.entry("BUSY", Reason.NOT_NOW),
            Map.entry("MASTERDOWN", Reason.NOT_NOW),
            Map.entry("CLUSTERDOWN", Reason.NOT_NOW),
            Map.entry("MISCONF", Reason.NOT_NOW),
            Map.entry("NOREPLICAS", Reason.NOT_NOW),
            Map.entry("NOAUTH", Reason.NOT_NOW),
            Map.entry("WRONGPASS", Reason.NOT_NOW));

    /** Advice for readers of an error code. */
    private static final Map<String, String> ADVICE = Map.of("MOVED", ", as clusters do: use redis-cluster://");

    /** The kinds of exceptions; the first one among the causes is the most specific. */
    private static final List<Map.Entry<Class<? extends Throwable>, String>> KINDS = List.of(
            Map.entry(UnknownHostException.class, "the host's name is unknown"),
            Map.entry(ConnectException.class, "nothing listens there"),
            Map.entry(CertPathBuilderException.class, "its certificate is not trusted"),
            Map.entry(CertificateException.class, "its certificate is not accepted: does it name this host?"),
            Map.entry(SSLException.class, "TLS failed: does it speak TLS, and does it want a client certificate?"),
            Map.entry(EOFException.class, "it closed the connection"),
            Map.entry(SocketException.class, "the connection is lost, or there is no such socket"),
            Map.entry(JedisConnectionException.class, "it closed the connection"));

    private RedisErrors() {}

    /** Returns why no connection was made. A refused connection counts as none available now. */
    static StoreException ofDialing(Throwable failure) {
        StoreException known = of(failure);
        return known.reason() == Reason.REFUSED
                ? new StoreException(Reason.NOT_NOW, String.valueOf(known.getMessage()))
                : known;
    }

    static StoreException of(Throwable failure) {
        if (failure instanceof StoreException known) {
            return known;
        }
        if (failure instanceof JedisDataException refusal) {
            // The code is at the start: NOAUTH, LOADING, WRONGTYPE and others. Up to Redis 6.2, a refusal within a
            // script is an
            // ERR with the code later on.
            String text = String.valueOf(refusal.getMessage());
            Matcher inside = CODE_IN_SCRIPT.matcher(text);
            Matcher start = CODE.matcher(text);
            String code = inside.find() ? inside.group(1) : start.find() ? start.group() : "ERR";
            return new StoreException(
                    REASONS.getOrDefault(code, Reason.REFUSED), "it refused: " + code + ADVICE.getOrDefault(code, ""));
        }
        if (hasCause(failure, ClosedByInterruptException.class)) {
            return new StoreException(Reason.INTERRUPTED, "interrupted");
        }
        if (hasCause(failure, SocketTimeoutException.class)) {
            return new StoreException(Reason.TIMEOUT, "no answer in time");
        }
        if (failure instanceof JedisConnectionException || hasCause(failure, IOException.class)) {
            return new StoreException(Reason.CONNECTION, "no connection: " + kind(failure));
        }
        return new StoreException(Reason.GARBAGE, "not an answer of Redis: " + kind(failure));
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Describes a failure in fixed words, because the message of an exception may contain anything. */
    private static String kind(Throwable failure) {
        for (Map.Entry<Class<? extends Throwable>, String> kind : KINDS) {
            if (hasCause(failure, kind.getKey())) {
                return kind.getValue();
            }
        }
        Throwable last = failure;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            last = cause;
        }
        return last.getClass().getSimpleName().replaceFirst("Exception$", "").toLowerCase(Locale.ROOT);
    }
}
