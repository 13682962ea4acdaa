package io.cachedconnection.internal.message;

/** What is wrong with an annotated method; ids CC-01nn. */
public enum MethodMessage implements Message {
    /** Particulars: the method. */
    RETURNS_VOID("CC-0101", "%s returns void, so there is nothing to cache. Remove @CachedConnection from it.");

    private final String id;
    private final String text;

    MethodMessage(String id, String text) {
        this.id = id;
        this.text = text;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String text() {
        return text;
    }
}
