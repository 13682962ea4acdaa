package io.cachedconnection.sample;

import java.util.UUID;
import java.util.regex.Pattern;

/** A UUID in its usual text form; Java's own reader also takes "1-1-1-1-1". */
final class UuidText {

    private static final Pattern USUAL =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private UuidText() {}

    /** The UUID that {@code text} says; {@code what} names it in the refusal. */
    static UUID read(String what, String text) {
        if (!USUAL.matcher(text).matches()) {
            throw Refusal.malformed(what + " is not a UUID such as 0b9f7f1c-5d0e-4a53-9f0a-2f1d6a3c7e10.");
        }
        return UUID.fromString(text);
    }
}
