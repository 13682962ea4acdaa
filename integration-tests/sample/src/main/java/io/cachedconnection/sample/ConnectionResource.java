package io.cachedconnection.sample;

import io.cachedconnection.provider.ConnectionStatus;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The connections over HTTP: look up, list a user's, add, change, remove. */
@Path("")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ConnectionResource {

    private static final int PAGE_SIZE = 20;

    @Inject
    private Connections connections;

    @Context
    private UriInfo uri;

    @GET
    @TellsSource
    @Path("connections/{id}")
    public JsonObject find(@PathParam("id") String id) {
        return ConnectionJson.of(connections.find(UuidText.read("The id in the path", id)));
    }

    /** All of a user's, one page of them, or those of one status. */
    @GET
    @TellsSource
    @Path("users/{userId}/connections")
    public JsonArray ofUser(
            @PathParam("userId") String userId,
            @QueryParam("status") @Nullable String status,
            @QueryParam("page") @Nullable String page) {
        var user = UuidText.read("The user id in the path", userId);
        if (status != null) {
            var wanted = ConnectionStatus.ofWireName(status)
                    .orElseThrow(() -> Refusal.malformed("There is no such status; one is \"active\"."));
            return ConnectionJson.of(connections.withStatus(user, wanted));
        }
        return ConnectionJson.of(
                page == null ? connections.ofUser(user) : connections.page(user, pageNumber(page), PAGE_SIZE));
    }

    private static int pageNumber(String text) {
        if (!text.matches("[0-9]{1,6}")) {
            throw Refusal.malformed("The page is not a number from 0 to 999999.");
        }
        return Integer.parseInt(text);
    }

    @GET
    @TellsSource
    @Path("users/{userId}/connections/count")
    public JsonObject count(@PathParam("userId") String userId) {
        long count = connections.count(UuidText.read("The user id in the path", userId));
        return Json.createObjectBuilder().add("count", count).build();
    }

    @POST
    @Path("connections")
    public Response add(InputStream body) {
        var added = connections.add(ConnectionBody.read(body));
        var location = uri.getAbsolutePathBuilder().path(added.id().toString()).build();
        return Response.created(location).entity(ConnectionJson.of(added)).build();
    }

    @PUT
    @Path("connections/{id}")
    public JsonObject change(@PathParam("id") String id, InputStream body) {
        var connectionId = UuidText.read("The id in the path", id);
        return ConnectionJson.of(connections.change(connectionId, ConnectionBody.read(body)));
    }

    /** Changes the alias in the database without a word to the cache, to show what comes of it. */
    @POST
    @Path("connections/{id}/behind")
    public JsonObject changeBehind(@PathParam("id") String id, InputStream body) {
        var connectionId = UuidText.read("The id in the path", id);
        return ConnectionJson.of(connections.changeBehind(connectionId, ConnectionBody.read(body)));
    }

    @DELETE
    @Path("connections/{id}")
    public void remove(@PathParam("id") String id) {
        connections.remove(UuidText.read("The id in the path", id));
    }
}
