package io.cachedconnection.internal.message;

/** Messages about encoding and decoding values; ids CC-04nn. */
public enum ValueMessage implements Message {
    UNDECODABLE("CC-0401 An entry of cache %s in Redis could not be read (%s). It is removed and the value is loaded"
            + " again; next note in %s s."),
    UNENCODABLE("CC-0402 A value of cache %s is not cached, because it does not survive JSON (%s). Find the remedy"
            + " for this case under CC-0402 in docs/reference/messages.md; next note in %s s."),
    TOO_LARGE(
            "CC-0403 A value of cache %s takes %s bytes, more than max-value-bytes (%s), and is not cached; next note in"
                    + " %s s."),
    OUTDATED("CC-0404 An entry of cache %s in Redis has another version (%s), as during a rolling update. It is"
            + " removed and the value is loaded again; next note in %s s."),
    UNTRUSTED("CC-0405 An entry of cache %s in Redis cannot be trusted (%s). Another program may write there, or"
            + " the nodes have different keys. It is removed and the value is loaded again; next note in %s s."),
    DOUBTFUL_TYPE("CC-0406 Values of %s, which %s returns, may not survive JSON: %s. Each is read back before it is"
            + " stored, and stored only if it is the same."),
    UNUSABLE_TYPE("CC-0408 Values of type %s, which %s returns, would be read wrongly or slowly by this server's JSON-B"
            + " provider, so they are not cached. Return a type without Optional and type variables inside, and"
            + " without URL in sets or as keys of maps."),
    CODEC_TWICE("CC-0440 %s and %s are both a TypeCodec of %s. Remove one of the beans, or make one of them an enabled"
            + " alternative."),
    CODEC_OF_UNKNOWN("CC-0441 %s is a TypeCodec of %s, which is not a complete type. Declare the type in full, without"
            + " type variables, wildcards and raw types."),
    CODEC_UNUSED("CC-0442 %s is a TypeCodec of %s, which no cached method returns. Declare the type exactly as the"
            + " method does. Ignore this note if only programmatic caches use it."),
    CODEC_UNUSABLE("CC-0443 %s cannot be the TypeCodec of %s: %s."),
    CODEC_FAILED("CC-0444 A value of cache %s is not cached, because its codec failed to write it (%s). Correct the"
            + " codec; next note in %s s."),
    LIE("CC-0470 Cache %s has answered with a value that its method no longer returns (key %s), and no write"
            + " has announced the change. Something writes past the cache (SQL, a bulk update, a program that does"
            + " not evict), a persistence context or second-level cache holds stale entities, or the method returns"
            + " different values for the same arguments. The entry is evicted. docs/how-to/verification.md says how"
            + " to find the cause; next note in %s s."),
    LIE_REFUSED("CC-0471 The lookup fails, because cache %s has answered with a value that its method no longer"
            + " returns (key %s), no write has announced the change, and verify.fail is true. Make that write evict:"
            + " docs/how-to/verification.md says how to find it.");

    private final String entry;

    ValueMessage(String entry) {
        this.entry = entry;
    }

    @Override
    public String entry() {
        return entry;
    }
}
