package io.cachedconnection.internal.message;

/** What happens to values on their way to Redis and back; ids CC-04nn. */
public enum ValueMessage implements Message {
    UNDECODABLE(
            "CC-0401 An entry of cache %s in Redis could not be read (%s). It is removed and the value is loaded anew;"
                    + " next note in %s s."),
    UNENCODABLE(
            "CC-0402 A value of cache %s is not cached, because JSON does not keep it as it is (%s). Change what is named,"
                    + " as docs/messages.md says for each case under CC-0402; next note in %s s."),
    TOO_LARGE(
            "CC-0403 A value of cache %s takes %s bytes, more than max-value-bytes (%s), and is not cached; next note in"
                    + " %s s."),
    OUTDATED(
            "CC-0404 An entry of cache %s in Redis is of another version (%s), as while an application is replaced node by"
                    + " node. It is removed and the value is loaded anew; next note in %s s."),
    UNTRUSTED(
            "CC-0405 An entry of cache %s in Redis cannot be trusted (%s). Somebody else may write there, or the nodes do"
                    + " not have the same keys. It is removed and the value is loaded anew; next note in %s s."),
    DOUBTFUL_TYPE(
            "CC-0406 Values of %s, which %s returns, may not survive JSON: %s. Each is read back before it is stored, and"
                    + " not stored if it is not the same."),
    UNUSABLE_TYPE(
            "CC-0408 Values of type %s, which %s returns, would be read wrong or at great cost by this server's provider"
                    + " of JSON-B, so they are not cached. Return a type without Optional and type variables inside, and"
                    + " without URL in sets or as keys of maps."),
    CODEC_TWICE("CC-0440 %s and %s are both a TypeCodec of %s. Remove one of the beans, or make one of them an enabled"
            + " alternative."),
    CODEC_OF_UNKNOWN(
            "CC-0441 %s is a TypeCodec of %s, which leaves open what it reads. Give the type in full, without type"
                    + " variables, wildcards and raw types."),
    CODEC_UNUSED(
            "CC-0442 %s is a TypeCodec of %s, which no cached method returns. Give the type exactly as the method declares"
                    + " it; nothing is wrong if only caches by hand keep it."),
    CODEC_UNUSABLE("CC-0443 %s cannot be the TypeCodec of %s: %s."),
    CODEC_FAILED(
            "CC-0444 A value of cache %s is not cached, because its codec did not write it (%s). Correct the codec; next"
                    + " note in %s s.");

    private final String entry;

    ValueMessage(String entry) {
        this.entry = entry;
    }

    @Override
    public String entry() {
        return entry;
    }
}
