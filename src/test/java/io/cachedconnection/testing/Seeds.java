package io.cachedconnection.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;

/**
 * What the tests give the library and no log may have: secrets, arguments, values. Each holds {@link #WORD}, which stands
 * nowhere else, so that the scan of the log ({@code LogScan}) finds also one that was cut off.
 */
public final class Seeds {

    /** In each of them, and in no text that may be logged. */
    public static final String WORD = "Kumquat5";

    public static final String USER = WORD + "User";

    /** Needs no encoding in a URI. */
    public static final String PASSWORD = WORD + "Password";

    /** Needs encoding in a key. */
    public static final String ARGUMENT = WORD + " argument: \u0141\u00f3d\u017a/%";

    /** Needs encoding in JSON. */
    public static final String VALUE = WORD + " \"value\" \\ \u017b\u00f3\u0142w";

    /** What stands encrypted in a provider connection. */
    public static final String CREDENTIALS = WORD + "Credentials";

    /** 32 bytes in base64. */
    public static final String ENCRYPTION_KEY = base64(WORD + "EncryptionKey" + "of32bytes!!");

    /** 32 bytes in base64. */
    public static final String MAC_KEY = base64(WORD + "KeyOfTheKeysOf" + "32 bytes!!");

    private Seeds() {}

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(US_ASCII));
    }
}
