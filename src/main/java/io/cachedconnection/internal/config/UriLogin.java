package io.cachedconnection.internal.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.core.Credentials;
import io.cachedconnection.internal.core.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the {@code @} of a URI, taken apart. Not by {@link java.net.URLDecoder}, which puts a sign of its own
 * where the bytes are no UTF-8: that would be another password than the one that was meant.
 */
final class UriLogin {

    private static final Pattern ENCODED = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");

    private UriLogin() {}

    /** The login of these two, as they stand in the URI; {@code user} is null only where there is no login at all. */
    static Credentials of(@Nullable String user, @Nullable String password) {
        if (user == null) {
            return Credentials.NONE;
        }
        if (password == null ? user.isEmpty() : password.isEmpty()) {
            throw new InvalidValue(
                    "an empty user or password was put in before its @ (by a template without a value?)");
        }
        return new Credentials(
                user.isEmpty() ? null : decoded(user), password == null ? null : new Secret(decoded(password)));
    }

    // A plus is a plus here, not a space.
    private static String decoded(String part) {
        Matcher encoded = ENCODED.matcher(part);
        if (encoded.replaceAll("").contains("%")) {
            throw new InvalidValue("in user or password a % is not followed by two hexadecimal digits");
        }
        return encoded.replaceAll(UriLogin::characters);
    }

    private static String characters(MatchResult encoded) {
        byte[] bytes = HexFormat.of().parseHex(encoded.group().replace("%", ""));
        try {
            return Matcher.quoteReplacement(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            throw new InvalidValue("in user or password what is percent-encoded is not UTF-8");
        }
    }
}
