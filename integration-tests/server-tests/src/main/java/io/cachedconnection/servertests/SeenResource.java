package io.cachedconnection.servertests;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Application;
import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** A lookup in a request that servers trace, and what the MBean server of the JVM holds of the library. */
@Path("/")
@RequestScoped
public class SeenResource {

    /** Where it is. */
    @ApplicationPath("seen")
    public static class Seen extends Application {}

    @Inject
    private Words words;

    /** Looks a word up. */
    @GET
    @Path("word")
    public String word(@QueryParam("id") @DefaultValue("0") int id) {
        return words.find(id) + "";
    }

    /** The names of the library's MBeans; of one, an attribute. */
    @GET
    @Path("beans")
    public String beans(
            @QueryParam("name") @DefaultValue("io.cachedconnection:*") String name,
            @QueryParam("attribute") @DefaultValue("") String attribute)
            throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        return attribute.isEmpty()
                ? server.queryNames(new ObjectName(name), null).stream()
                        .map(ObjectName::toString)
                        .collect(Collectors.joining("\n"))
                : String.valueOf(server.getAttribute(new ObjectName(name), attribute));
    }
}
