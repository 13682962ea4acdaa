package io.cachedconnection.sample;

import io.cachedconnection.provider.CredentialType;
import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderCredentials;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The connections that the sample begins with, so that there is something to look up. */
@ApplicationScoped
public class Seed {

    private static final UUID ADA = UUID.fromString("a0000000-0000-4000-8000-000000000001");
    private static final UUID BEN = UUID.fromString("b0000000-0000-4000-8000-000000000002");

    @Inject
    private ConnectionRepository repository;

    void sow(@Observes Startup startup) {
        // A Redis that outlives the sample may hold them as they were left last time; to add them evicts that.
        connections(Connections.now()).forEach(repository::add);
    }

    void end(@Observes Shutdown shutdown) {
        OwnRedis.end();
    }

    private static List<ProviderConnection> connections(Instant now) {
        ProviderCredentials token = credentials(CredentialType.OAUTH2, now);
        ProviderCredentials key = credentials(CredentialType.API_KEY, now);
        return List.of(
                pending(1, ADA, "schwab", now).activate(token, now).rename("Ada's pension", now),
                pending(2, ADA, "chase", now).activate(token, now).expire(now),
                pending(3, ADA, "alpaca", now),
                pending(4, BEN, "sparkasse", now).activate(key, now).rename("Haushalt \u2013 gemeinsam", now),
                pending(5, BEN, "revolut", now).fail(now),
                pending(6, BEN, "fidelity", now).activate(key, now).disconnect(now));
    }

    private static ProviderConnection pending(int number, UUID user, String slug, Instant now) {
        UUID id = UUID.fromString("c0000000-0000-4000-8000-00000000000" + number);
        UUID provider = UUID.nameUUIDFromBytes(slug.getBytes(StandardCharsets.UTF_8));
        return ProviderConnection.pending(id, user, provider, slug, now);
    }

    private static ProviderCredentials credentials(CredentialType type, Instant now) {
        byte[] data = "not a secret: a stand-in for encrypted bytes".getBytes(StandardCharsets.UTF_8);
        return new ProviderCredentials(data, type, now.plus(Duration.ofDays(30)));
    }
}
