package io.cachedconnection.internal.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.message.ConsoleMessage;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Principal;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Decides who may see and use the console. Thread-safe. */
final class ConsoleAccess {

    static final String TOKEN_HEADER = "X-Cached-Connection-Token";

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SECRET_BYTES = 32;
    private static final int LONGEST_NAME = 100;
    private static final Set<String> FORWARDING = Set.of(
            "forwarded",
            "via",
            "x-real-ip",
            "x-client-ip",
            "x-cluster-client-ip",
            "true-client-ip",
            "cf-connecting-ip",
            "proxy-connection");
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9.]+|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(?:%.*)?"); // never a host name
    private static final Pattern LOOPBACK_NAME =
            Pattern.compile("(?:[a-z0-9.-]+\\.)?localhost|127(?:\\.[0-9]{1,3}){3}|\\[?(?:0*:)+0*1]?");

    private final @Nullable String role;
    private final byte[] secret = new byte[SECRET_BYTES];

    /** Creates the access for users in {@code role}; null for callers on the same machine. */
    ConsoleAccess(@Nullable String role) {
        this.role = role;
        new SecureRandom().nextBytes(secret);
    }

    /**
     * Returns why the caller is refused; null if it is allowed, and empty if the response already asks for a login.
     *
     * @throws IOException if the response cannot be written
     */
    @Nullable String refusal(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (role == null) {
            return isFromHere(request) ? null : ConsoleMessage.NOT_FROM_HERE.with();
        }
        if (request.getUserPrincipal() == null) {
            try {
                if (!request.authenticate(response)) {
                    boolean isAsked = response.isCommitted() || response.getStatus() != HttpServletResponse.SC_OK;
                    return isAsked ? "" : ConsoleMessage.NOT_IN_ROLE.with();
                }
            } catch (ServletException e) { // the server has no login for this application
                return ConsoleMessage.NOT_IN_ROLE.with();
            }
        }
        return request.isUserInRole(role) ? null : ConsoleMessage.NOT_IN_ROLE.with();
    }

    /**
     * Whether the caller is a program on this machine that addresses this machine. Most proxies report that they forward a
     * remote caller; set a role behind one that does not. A page of another site whose name resolves to this host (DNS
     * rebinding) uses that name as host.
     */
    private static boolean isFromHere(HttpServletRequest request) {
        for (String header : Collections.list(request.getHeaderNames())) {
            String name = header.toLowerCase(Locale.ROOT);
            if (name.startsWith("x-forwarded") || FORWARDING.contains(name)) {
                return false;
            }
        }
        return isLoopback(request.getRemoteAddr())
                && LOOPBACK_NAME
                        .matcher(request.getServerName().toLowerCase(Locale.ROOT))
                        .matches();
    }

    private static boolean isLoopback(@Nullable String address) {
        try {
            return address != null
                    && ADDRESS.matcher(address).matches()
                    && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Returns the CSRF token that a page of this console sends with each change. It differs by user and session. */
    String token(HttpServletRequest request) {
        @Nullable HttpSession session = request.getSession(false);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            mac.update(String.valueOf(user(request)).getBytes(UTF_8));
            mac.update((byte) 0);
            mac.update((session == null ? "" : session.getId()).getBytes(UTF_8));
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC with SHA-256.", e);
        }
    }

    /** Returns why a change is refused; null if it comes from a page of this console. */
    @Nullable String problemOfChange(HttpServletRequest request) {
        @Nullable String type = request.getContentType();
        if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            return "Send a change as application/json.";
        }
        @Nullable String site = request.getHeader("Sec-Fetch-Site");
        @Nullable String origin = request.getHeader("Origin");
        boolean isOfOtherSite = site != null
                ? !site.equals("same-origin")
                : origin != null && !isOrigin(origin, String.valueOf(request.getHeader("Host")));
        if (isOfOtherSite) {
            return "Send a change from a page of the same origin.";
        }
        @Nullable String token = request.getHeader(TOKEN_HEADER);
        boolean isOurs = token != null
                && MessageDigest.isEqual(token.getBytes(UTF_8), token(request).getBytes(UTF_8));
        return isOurs ? null : "The token of the page is missing or has changed. Reload the page.";
    }

    private static boolean isOrigin(String origin, String host) {
        return origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
    }

    /** Returns the user's name, or the address of an anonymous caller, on one line for the log. */
    static String caller(HttpServletRequest request) {
        @Nullable String user = user(request);
        String name = user == null ? "a caller at " + request.getRemoteAddr() : "user " + user;
        String line = name.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME) + "...";
    }

    private static @Nullable String user(HttpServletRequest request) {
        @Nullable Principal user = request.getUserPrincipal();
        return user == null ? null : user.getName();
    }
}
