package io.cachedconnection.servertests;

import static java.util.stream.Collectors.joining;

import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.sample.ConnectionRepository;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Renames connections in every kind of transaction, and tells what the caller of the write gets to see. */
@Path("rename")
@RequestScoped
public class RenameResource {

    /** What is answered if the write has been done. */
    static final String DONE = "done";

    @Inject
    private ConnectionRepository repository;

    @Inject
    private InTransaction inTransaction;

    @Inject
    private WithoutTransaction withoutTransaction;

    /** The write in a transaction of the method's own, or the caller's, or none. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("{transaction}/{id}")
    public String rename(@PathParam("transaction") String transaction, @PathParam("id") UUID id, JsonObject body) {
        String alias = body.getString("alias");
        try {
            switch (transaction) {
                case "own" -> change(id, alias);
                case "callers" -> inTransaction.required(() -> change(id, alias));
                case "bean-managed" -> inTransaction.beanManaged(() -> change(id, alias));
                default -> withoutTransaction.write(id, () -> change(id, alias));
            }
            return DONE;
        } catch (Exception e) {
            return Stream.<@Nullable Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
                    .map(cause -> cause.getClass().getName())
                    .collect(joining(" by "));
        }
    }

    private void change(UUID id, String alias) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        repository.change(id, (ProviderConnection connection) -> connection.rename(alias, now));
    }
}
