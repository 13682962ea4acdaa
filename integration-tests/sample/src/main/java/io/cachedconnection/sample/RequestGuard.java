package io.cachedconnection.sample;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other sites out. The sample has no login, so a page of another site that is open in the same browser must not be
 * able to use it: every request has to name a known host (which ends DNS rebinding), and a request that changes something
 * has to come from the sample's own page or from no page at all, such as curl. Every response, those to refused requests
 * included, tells the browser to load nothing from elsewhere and to be shown in no frame.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class RequestGuard extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Pattern MEDIA_TYPE = Pattern.compile("[^\\s/;]+/[^\\s/;]+");
    private static final Pattern WITH_PORT = Pattern.compile(".*:[0-9]+");

    /** Names of this server: {@code localhost} with the port that a request came to, {@code a.example:443} as it stands. */
    @Inject
    @ConfigProperty(name = "sample.hosts")
    @SuppressWarnings("serial") // filters are not serialized
    private List<String> hosts;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean api = "/api".equals(request.getServletPath());
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        if (api) {
            response.setHeader("Cache-Control", "no-store");
        }
        try {
            String host = knownHost(request);
            if (api && !READING.contains(request.getMethod())) {
                refuseOtherSites(request, host);
                refuseUnlessJson(request);
            }
        } catch (Refusal refusal) {
            ErrorJson.write(response, refusal);
            return;
        }
        chain.doFilter(request, response);
    }

    /** The request's host and port, as its browser wrote them. */
    private String knownHost(HttpServletRequest request) {
        List<String> named = Collections.list(request.getHeaders("Host"));
        if (named.size() != 1) {
            throw Refusal.forbidden("The request does not name one host.");
        }
        String host = named.get(0);
        String withPort = WITH_PORT.matcher(host).matches() ? host : host + (request.isSecure() ? ":443" : ":80");
        for (String known : hosts) {
            boolean whole = WITH_PORT.matcher(known.replaceAll("\\[.*]", "")).matches();
            if (withPort.equalsIgnoreCase(whole ? known : known + ":" + request.getLocalPort())) {
                return host;
            }
        }
        throw Refusal.forbidden("The request names an unknown host. The setting sample.hosts lists the known ones.");
    }

    private static void refuseOtherSites(HttpServletRequest request, String host) {
        for (String site : Collections.list(request.getHeaders("Sec-Fetch-Site"))) {
            if (!site.equals("same-origin") && !site.equals("none")) {
                throw Refusal.forbidden("The request comes from another site.");
            }
        }
        for (String origin : Collections.list(request.getHeaders("Origin"))) {
            if (!origin.equalsIgnoreCase("http://" + host) && !origin.equalsIgnoreCase("https://" + host)) {
                throw Refusal.forbidden("The request comes from another origin.");
            }
        }
    }

    // A form can send every other type to another site without asking, and no type at all.
    private static void refuseUnlessJson(HttpServletRequest request) {
        @Nullable String type = request.getContentType();
        if (type == null) {
            if (!request.getMethod().equals("DELETE") || hasBody(request)) {
                throw Refusal.notJson();
            }
            return;
        }
        String essence = type.split(";", 2)[0].strip();
        if (!MEDIA_TYPE.matcher(essence).matches()) {
            throw Refusal.malformed("Content-Type is malformed.");
        }
        if (!essence.equalsIgnoreCase("application/json")) {
            throw Refusal.notJson();
        }
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }
}
