package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.config.ParsedConfig.ConsoleSettings;
import io.cachedconnection.internal.config.SettingsReader;
import io.cachedconnection.internal.console.ConsoleServlet;
import io.cachedconnection.internal.message.ConsoleMessage;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.HttpConstraintElement;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.annotation.ServletSecurity.TransportGuarantee;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers the console in a web application that contains this library, if the settings say so. A servlet container finds it
 * by {@code META-INF/services}. No other class loads it, so the Servlet API may be absent.
 */
public final class ConsoleInitializer implements ServletContainerInitializer {

    private static final Logger LOG = System.getLogger("io.cachedconnection");
    private static final String NAME = "cached-connection-console";
    private static final String ANY_USER = "**"; // of the Servlet specification: all users who are logged in

    /** Registers the console if it is on. Does not need CDI. */
    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        ConsoleSettings settings;
        try {
            settings = SettingsReader.ofApplication().console();
        } catch (RuntimeException
                | LinkageError e) { // the application then has no console, or reports it when it starts
            LOG.log(
                    Level.DEBUG,
                    () -> "There is no configuration for the console: "
                            + e.getClass().getName());
            return;
        }
        if (!settings.enabled()) {
            return;
        }
        String role = settings.role();
        ServletRegistration.@Nullable Dynamic registration = context.addServlet(
                NAME,
                new ConsoleServlet(
                        () -> CDI.current().select(CacheRuntime.class).get().console(), role));
        if (registration == null
                || !registration.addMapping(ConsoleServlet.PATH + "/*").isEmpty()) {
            LOG.log(Level.WARNING, ConsoleMessage.NOT_REGISTERED.with(context.getContextPath()));
            return;
        }
        if (role == null) {
            LOG.log(Level.WARNING, ConsoleMessage.LOOPBACK_ONLY.with(context.getContextPath()));
        } else {
            context.declareRoles(role); // otherwise some servers would have no user in it
            // The server asks for the login, because some servers do not if a servlet asks. The servlet decides who may
            // proceed.
            registration.setServletSecurity(
                    new ServletSecurityElement(new HttpConstraintElement(TransportGuarantee.NONE, ANY_USER)));
            LOG.log(Level.INFO, ConsoleMessage.FOR_ROLE.with(context.getContextPath(), role));
        }
    }
}
