package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.redis.Request.Demand;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** A step of the protocol as a script of Redis, which runs it as one. The texts are resources of this package. */
enum Script {
    ACQUIRE(resource("stamps") + resource("acquire_first"), Demand.TRUSTED),
    FILL(resource("stamps") + resource("lease"), "", Demand.TRUSTED),
    RELEASE(resource("lease"), "", Demand.NONE),
    BEGIN(resource("plain") + resource("begin_first"), Demand.ALONE),
    END(resource("plain") + resource("end_first"), Demand.NONE),
    END_WITH(resource("stamps"), Demand.TRUSTED),
    END_LEASED(Demand.TRUSTED),
    STAMP(resource("stamps"), Demand.TRUSTED),
    LOOK(Demand.TRUSTED),
    EVICT(Demand.ALONE),
    BEGIN_ALL(Demand.ALONE),
    END_ALL(Demand.NONE),
    CLAIM(Demand.NONE),
    VOUCH(Demand.NONE),
    IDENTIFY("", "", Demand.NONE);

    /** What the reply of a step is in that had to mend a fence on its way. */
    static final String MENDED = "MENDED";

    private final String text;
    private final String sha;
    private final Demand demand;

    /** A step that looks at fences. */
    Script(Demand demand) {
        this("", demand);
    }

    /** A step that looks at fences if {@code first}, which is faster, has not done it all. */
    Script(String first, Demand demand) {
        this(
                first + resource("fence") + "local function step()\n",
                "end\nlocal reply = step()\nreturn mended and { '" + MENDED + "', reply } or reply\n",
                demand);
    }

    Script(String before, String after, Demand demand) {
        this.demand = demand;
        text = before + resource(name().toLowerCase(Locale.ROOT)) + after;
        try {
            sha = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1.", e);
        }
    }

    /**
     * Whether it may be sent again while the first copy may still be on its way. A late copy of one that takes the lease
     * would take it once more, for a value that may be from before a write that has come and gone since. And a late copy of one
     * that makes a stamp would bring it back after an eviction.
     */
    boolean isRepeatable() {
        return this != ACQUIRE && this != END_LEASED && this != STAMP;
    }

    /** Whether it looks at the tags of an entry, too, where those are on the same server. */
    boolean knowsTags() {
        return this == ACQUIRE || this == FILL || this == END_WITH;
    }

    /** Which server may be asked for it. */
    Demand demand() {
        return demand;
    }

    String text() {
        return text;
    }

    /** What Redis calls it once it has seen the text. */
    String sha() {
        return sha;
    }

    private static String resource(String name) {
        try (InputStream resource = Script.class.getResourceAsStream(name + ".lua")) {
            if (resource == null) {
                throw new IllegalStateException("This library is not whole: " + name + ".lua is missing.");
            }
            return new String(resource.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
