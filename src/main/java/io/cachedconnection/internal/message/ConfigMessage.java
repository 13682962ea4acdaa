package io.cachedconnection.internal.message;

/** What is wrong with the configuration; ids CC-02nn. */
public enum ConfigMessage implements Message {
    /** Particulars: the key, its source, what was probably meant. */
    UNKNOWN_KEY("CC-0201", "Unknown setting %s in %s. %s");

    private final String id;
    private final String text;

    ConfigMessage(String id, String text) {
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
