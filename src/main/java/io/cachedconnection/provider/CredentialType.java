package io.cachedconnection.provider;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The way a provider authenticates a user. It tells how to read the encrypted data of {@link ProviderCredentials}. */
public enum CredentialType {
    /** OAuth 2.0 tokens. */
    OAUTH2,
    /** A fixed API key. */
    API_KEY,
    /** A token of an aggregator that connects to the provider. */
    LINK_TOKEN,
    /** A client certificate. */
    CERTIFICATE,
    /** No live access: the user uploads a file. */
    FILE_IMPORT,
    /** A method specific to this provider. */
    CUSTOM;

    private static final Map<String, CredentialType> BY_WIRE_NAME = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(CredentialType::wireName, Function.identity()));

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /**
     * Returns the name in JSON, such as {@code api_key}.
     *
     * @return the constant's name in lower case; never null
     */
    public String wireName() {
        return wireName;
    }

    /**
     * Finds the type with this name in JSON, such as {@code CredentialType.ofWireName("api_key")}.
     *
     * @param wireName the name, in lower case; not null
     * @return the type, or empty if no type has this name
     */
    public static Optional<CredentialType> ofWireName(String wireName) {
        return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
    }
}
