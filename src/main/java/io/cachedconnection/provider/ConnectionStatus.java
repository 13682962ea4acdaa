package io.cachedconnection.provider;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The state of a {@link ProviderConnection} in its life cycle. */
public enum ConnectionStatus {
    /** Created, and not yet confirmed by the provider. */
    PENDING,
    /** In use, with credentials. */
    ACTIVE,
    /** No longer active, because its credentials expired. */
    EXPIRED,
    /** No longer active, because the user or the provider revoked its credentials. */
    REVOKED,
    /** Never became active: the provider did not confirm it. */
    FAILED,
    /** Ended by the user; its credentials are deleted. */
    DISCONNECTED;

    private static final Map<String, ConnectionStatus> BY_WIRE_NAME = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(ConnectionStatus::wireName, Function.identity()));

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /**
     * Returns the name in JSON, such as {@code pending}.
     *
     * @return the constant's name in lower case; never null
     */
    public String wireName() {
        return wireName;
    }

    /**
     * Finds the status with this name in JSON, such as {@code ConnectionStatus.ofWireName("pending")}.
     *
     * @param wireName the name, in lower case; not null
     * @return the status, or empty if no status has this name
     */
    public static Optional<ConnectionStatus> ofWireName(String wireName) {
        return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
    }
}
