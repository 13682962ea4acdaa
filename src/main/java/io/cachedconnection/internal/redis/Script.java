package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.engine.store.ServerReport.Operation;
import io.cachedconnection.internal.redis.Request.Demand;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** A step of the protocol as an atomic Redis script. The texts are resources of this package. */
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

    /** Marks the reply of a step that has repaired a fence. */
    static final String MENDED = "MENDED";

    private final String text;
    private final String sha;
    private final Demand demand;

    @SuppressWarnings("ImmutableEnumChecker") // a record of two strings
    private final Operation operation = new Operation("EVALSHA", name().toLowerCase(Locale.ROOT));

    /** Creates a step that checks fences. */
    Script(Demand demand) {
        this("", demand);
    }

    /** Creates a step that checks fences only if the faster {@code first} has not finished the work. */
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
     * Whether it may be sent again while the first copy may still arrive. A late copy of a step that takes the lease would take
     * it again, for a value from before a write that has begun and ended since. A late copy of a step that creates a stamp
     * would bring it back after an eviction.
     */
    boolean isRepeatable() {
        return this != ACQUIRE && this != END_LEASED && this != STAMP;
    }

    /** Whether it also checks the tags of an entry if they are on the same server. */
    boolean knowsTags() {
        return this == ACQUIRE || this == FILL || this == END_WITH;
    }

    /** Returns the demand on its server. */
    Demand demand() {
        return demand;
    }

    /** Returns the name under which its times are recorded. */
    Operation operation() {
        return operation;
    }

    String text() {
        return text;
    }

    /** Returns its SHA, by which Redis knows the script once it has seen the text. */
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
