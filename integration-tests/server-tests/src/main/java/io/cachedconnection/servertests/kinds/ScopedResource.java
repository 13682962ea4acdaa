package io.cachedconnection.servertests.kinds;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;

/** A resource whose methods are cached. */
@RequestScoped
@Path("scoped-resource")
public class ScopedResource {

    @GET
    @CachedConnection(cache = "scoped-resource")
    public String find(@QueryParam("id") int id) {
        return UUID.randomUUID().toString();
    }

    @POST
    @EvictConnection(cache = "scoped-resource")
    public String save(@QueryParam("id") int id) {
        return "done";
    }
}
