package io.cachedconnection.quarkus;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Words over HTTP. The answer to a lookup: how often a word was really looked up so far, a blank, the word. */
@Path("/words/{id}")
public class WordResource {

    @Inject
    WordRepository words;

    @GET
    public String find(@PathParam("id") long id) {
        String text = words.find(id).map(Word::text).orElse("");
        return words.loads() + " " + text;
    }

    @GET
    @Path("spelling")
    public String spelling(@PathParam("id") long id) {
        Spelling spelling = words.spelling(id);
        return words.loads() + " " + spelling;
    }

    @PUT
    public void save(@PathParam("id") long id, String text) {
        words.save(id, text);
    }

    @POST
    public void replace(@PathParam("id") long id, String text) {
        words.replace(id, text);
    }
}
