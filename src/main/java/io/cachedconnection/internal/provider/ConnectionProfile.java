package io.cachedconnection.internal.provider;

import io.cachedconnection.internal.json.DirectType;
import io.cachedconnection.internal.json.FormatProfile;
import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderCredentials;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.bind.serializer.JsonbSerializer;
import java.util.List;
import java.util.Set;

/**
 * The cache of the system from which this project grew. Other programs read and write it, so it keeps that system's keys, JSON
 * and TTL setting; see {@code docs/reference/wire-format.md}.
 */
public final class ConnectionProfile implements FormatProfile {

    /** The name of the cache. */
    public static final String CACHE = "provider-connection";

    private static final Set<Class<?>> TYPES = Set.of(ProviderConnection.class, ProviderCredentials.class);

    @Override
    public String cache() {
        return CACHE;
    }

    @Override
    public String keyPrefix() {
        return "provider:conn";
    }

    @Override
    public boolean isBareJson() {
        return true;
    }

    @Override
    public String originalTtl() {
        return "cache.provider.ttl";
    }

    @Override
    public Set<Class<?>> types() {
        return TYPES;
    }

    @Override
    public String word(Class<?> type) {
        return type == ProviderConnection.class ? "provider-connection/1" : "provider-credentials/1";
    }

    @Override
    public DirectType format(Class<?> type) {
        return type == ProviderConnection.class ? ConnectionFormat.CONNECTION : ConnectionFormat.CREDENTIALS;
    }

    @Override
    public List<JsonbSerializer<?>> serializers() {
        return List.of(new ConnectionJson.OfConnections(), new ConnectionJson.OfCredentials());
    }

    @Override
    public List<JsonbDeserializer<?>> deserializers() {
        return List.of(new ConnectionJson.OfConnections(), new ConnectionJson.OfCredentials());
    }
}
