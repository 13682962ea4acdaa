package io.cachedconnection.servertests.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;

/** Believes each caller, whose group is as the name of the user. Use it for tests only. */
@ApplicationScoped
public class TrustingLogin implements HttpAuthenticationMechanism {

    /** The header with the name. */
    public static final String USER = "X-Test-User";

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        String user = request.getHeader(USER);
        if (user != null) {
            return context.notifyContainerAboutLogin(user, Set.of(user));
        }
        return context.isAuthenticationRequest() || context.isProtected()
                ? context.responseUnauthorized()
                : context.doNothing();
    }
}
