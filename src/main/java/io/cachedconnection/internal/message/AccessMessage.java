package io.cachedconnection.internal.message;

/** Messages about provider connections that are cached programmatically; ids CC-07nn. */
public enum AccessMessage implements Message {
    UNREADABLE("CC-0701 A cached provider connection cannot be read. It is removed and counts as a miss."),
    UNREACHABLE("CC-0702 Redis did not %s provider connection %s; next note in %s s.");

    private final String entry;

    AccessMessage(String entry) {
        this.entry = entry;
    }

    @Override
    public String entry() {
        return entry;
    }
}
