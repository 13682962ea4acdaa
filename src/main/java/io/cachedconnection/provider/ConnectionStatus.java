package io.cachedconnection.provider;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where a {@link ProviderConnection} is in its life. */
public enum ConnectionStatus {
    /** Begun, and not yet confirmed by the provider. */
    PENDING,
    /** In use: it has credentials. */
    ACTIVE,
    /** Was active until its credentials ran out. */
    EXPIRED,
    /** Was active until the user or the provider withdrew its credentials. */
    REVOKED,
    /** Never became active: the provider did not confirm it. */
    FAILED,
    /** Given up by the user; its credentials are gone. */
    DISCONNECTED;

    private static final Map<String, ConnectionStatus> BY_WIRE_NAME = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(ConnectionStatus::wireName, Function.identity()));

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /**
     * The name in JSON, such as {@code pending}.
     *
     * @return the constant's name in lower case; never null
     */
    public String wireName() {
        return wireName;
    }

    /**
     * The status of this name in JSON, such as {@code ConnectionStatus.ofWireName("pending")}.
     *
     * @param wireName the name, in lower case; not null
     * @return the status, or empty if there is none of this name
     */
    public static Optional<ConnectionStatus> ofWireName(String wireName) {
        return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
    }
}
