package io.cachedconnection.internal.core;

/** How the keys of a cache are named in the remote store. Thread-safe; two that name alike are equal. */
public interface KeyNames {

    /** By what they are made of. */
    static KeyNames clear() {
        return Clear.NAMES;
    }

    /**
     * What stands after the prefix.
     *
     * @param prefix that of the cache
     * @param parts what the key is made of
     */
    String name(String prefix, String parts);

    /** The names that hide nothing. */
    enum Clear implements KeyNames {
        /** They have no state. */
        NAMES;

        @Override
        public String name(String prefix, String parts) {
            return parts;
        }
    }
}
