package io.cachedconnection.internal.message;

/** Messages about broken rules of a provider connection; ids CC-06nn. */
public enum ProviderMessage implements Message {
    MISSING("CC-0601 The %s of a provider connection is null. Pass a value."),
    SLUG_LENGTH("CC-0602 The provider's slug has %s characters. It needs at least 1, and at most %s."),
    ALIAS_LENGTH("CC-0603 The alias has %s characters. Shorten it to at most %s."),
    ACTIVE_WITHOUT_CREDENTIALS(
            "CC-0604 An active provider connection needs credentials. Pass them, or use another status."),
    NO_ENCRYPTED_DATA("CC-0605 The credentials have no encrypted data. Pass at least one byte."),
    REFUSED_STEP("CC-0606 A provider connection in status %s does not allow the step %s. Check its status first.");

    private final String entry;

    ProviderMessage(String entry) {
        this.entry = entry;
    }

    @Override
    public String entry() {
        return entry;
    }
}
