package io.cachedconnection.internal.message;

/** What is wrong with the configuration; ids CC-02nn. */
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
    ONE_OF_TWO("CC-0211 Setting %s in %s and setting %s in %s are for the same. Remove one of them."),
    INCOMPLETE("CC-0212 Setting %s in %s is of no use without %s. Set that, too, or remove the first."),
    LOGIN_KEPT("CC-0213 The login for Redis cannot be read anew, so new connections use the last one; next note in %s"
            + " s.%n%s"),
    TLS_KEPT("CC-0214 The files for TLS have changed, but cannot be used; the last ones stay in use.%n%s"),
    EXPIRED("CC-0215 The certificate of setting %s in %s has expired at %s. Redis will refuse it. Renew it."),
    CONTRADICTION("CC-0216 Setting %s in %s does not go together with setting %s in %s: %s. Change one of them."),
    NOT_OPENED("CC-0217 Cache %s is not opened, for its settings are wrong:%n%s"),
    UNSEEN("CC-0218 Setting %s is in a %s beside this library, but the server has not made that file a part of the"
            + " configuration. In an EAR, move it to a jar in its lib/, or set it in the environment."),
    OTHERS_CACHE(
            "CC-0222 Setting %s in %s is for the cache '%s', which no method of this application uses, so it has no effect"
                    + " here. %s"),
    CHANGED("CC-0223 The settings of cache %s have changed while the application runs: %s."),
    LEFT_ALONE(
            "CC-0224 Cache %s is switched off, and writes do not evict from it (evict.when-disabled=false). Nodes that"
                    + " have it on serve old values. Before it is switched on, evict.when-disabled=true is to be in force"
                    + " on all nodes, and then the cache is to be cleared.");

    private final String entry;

    ConfigMessage(String entry) {
        this.entry = entry;
    }

    @Override
    public String entry() {
        return entry;
    }
}
