package io.cachedconnection.servertests.kinds;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;

/** A resource that is a session bean. */
@Stateless
@Path("stateless-resource")
public class StatelessResource {

    @GET
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    @CachedConnection(cache = "stateless-resource")
    public String find(@QueryParam("id") int id) {
        return UUID.randomUUID().toString();
    }

    @POST
    @EvictConnection(cache = "stateless-resource")
    public String save(@QueryParam("id") int id) {
        return "done";
    }
}
