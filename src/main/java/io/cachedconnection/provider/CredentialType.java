package io.cachedconnection.provider;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How a provider is told who is asking; says how to read the encrypted data of {@link ProviderCredentials}. */
public enum CredentialType {
    /** Tokens of OAuth 2.0. */
    OAUTH2,
    /** A fixed key. */
    API_KEY,
    /** A token of an aggregator, which links to the provider. */
    LINK_TOKEN,
    /** A client certificate. */
    CERTIFICATE,
    /** No live access: data from a file that the user brings. */
    FILE_IMPORT,
    /** A way that only this provider knows. */
    CUSTOM;

    private static final Map<String, CredentialType> BY_WIRE_NAME = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(CredentialType::wireName, Function.identity()));

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /**
     * The name in JSON, such as {@code api_key}.
     *
     * @return the constant's name in lower case; never null
     */
    public String wireName() {
        return wireName;
    }

    /**
     * The type of this name in JSON, such as {@code CredentialType.ofWireName("api_key")}.
     *
     * @param wireName the name, in lower case; not null
     * @return the type, or empty if there is none of this name
     */
    public static Optional<CredentialType> ofWireName(String wireName) {
        return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
    }
}
