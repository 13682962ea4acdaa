package io.cachedconnection.internal.message;

/** Messages about wrong configuration; ids CC-02nn. */
public enum ConfigMessage implements Message {
    UNKNOWN_KEY("CC-0201 Unknown setting %s in %s. %s"),
    BAD_VALUE("CC-0202 Setting %s is '%s' in %s. Allowed: %s."),
    UNKNOWN_CACHE("CC-0203 Setting %s in %s is for the cache '%s', which no method uses. %s"),
    UNRESOLVED("CC-0204 Setting %s in %s refers to a ${...} that has no value. Give it one, or remove the setting."),
    NO_PASSWORD("CC-0206 Setting %s in %s names a user, but there is no password. Set %s, too."),
    UNREADABLE("CC-0207 Setting %s could not be read: a configuration source failed (%s)."),
    KEPT("CC-0208 Cache %s keeps the settings it had; next note in %s s. The new ones are wrong:%n%s"),
    UNUSABLE("CC-0209 Setting %s is '%s' in %s: %s. Allowed: %s."),
    OUT_OF_PLACE("CC-0210 Setting %s in %s is for %s, which %s is not. Remove the one, or correct the other."),
    ONE_OF_TWO("CC-0211 Setting %s in %s and setting %s in %s exclude each other. Remove one of them."),
    INCOMPLETE("CC-0212 Setting %s in %s has no effect without %s. Set both, or remove the first."),
    LOGIN_KEPT("CC-0213 The login for Redis cannot be read again, so new connections use the last one; next note in"
            + " %s s.%n%s"),
    TLS_KEPT("CC-0214 The files for TLS have changed but cannot be used, so the last ones stay in use.%n%s"),
    EXPIRED("CC-0215 The certificate of setting %s in %s has expired at %s. Redis will refuse it. Renew it."),
    CONTRADICTION("CC-0216 Setting %s in %s conflicts with setting %s in %s: %s. Change one of them."),
    NOT_OPENED("CC-0217 Cache %s is not opened, because its settings are wrong:%n%s"),
    UNSEEN("CC-0218 Setting %s is in a %s beside this library, but the server does not read that file as"
            + " configuration. In an EAR, move it to a jar in its lib/, or set it in the environment."),
    OTHERS_CACHE(
            "CC-0222 Setting %s in %s is for the cache '%s', which no method of this application uses. It has an effect here"
                    + " only if the application opens that cache by ConnectionCaches. %s"),
    CHANGED("CC-0223 The settings of cache %s have changed while the application runs: %s."),
    LEFT_ALONE("CC-0224 Cache %s is switched off, and writes do not evict from it (evict.when-disabled=false), so"
            + " nodes that have it on serve stale values. Before you switch it on, set evict.when-disabled=true on"
            + " all nodes, then clear the cache."),
    IN_MEMORY(
            "CC-0250 redis.uri is %s, so there is no Redis: cached values live in this JVM. Nodes in other JVMs do not share"
                    + " them, and their writes evict nothing here.");

    private final String entry;

    ConfigMessage(String entry) {
        this.entry = entry;
    }

    @Override
    public String entry() {
        return entry;
    }
}
