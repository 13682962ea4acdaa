package io.cachedconnection.internal.engine.store;

/** What is looked up, as far as it has been worked out: the text of a key costs more than finding what is near. */
public interface LookupKey {

    /**
     * What the near cache of this node knows it by. Two questions that are equal by it have the same key and the same tags; it is
     * immutable, and no secret of its own is in its {@code toString}.
     */
    Object name();

    /** The key, worked out when it is first asked for. */
    EntryKey key();
}
