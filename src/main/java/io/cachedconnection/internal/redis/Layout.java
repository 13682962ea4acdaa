package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which server holds which keys, in the servers' own words; two that are equal mean that nothing has moved in between.
 *
 * @param slots blank where keys never move
 */
record Layout(String slots) {

    /** That of one server. */
    static final Layout FIXED = new Layout("");

    private static final int FIELDS_BEFORE_SLOTS = 8;

    /** From each master's reply to {@code CLUSTER NODES}: what it says of itself. */
    static Layout of(List<@Nullable Object> replies) {
        return new Layout(replies.stream().map(Layout::ownSlots).collect(Collectors.joining("\n")));
    }

    private static String ownSlots(@Nullable Object reply) {
        if (!(reply instanceof byte[] lines)) {
            throw Replies.garbage();
        }
        return new String(lines, UTF_8)
                .lines()
                .filter(line -> line.contains("myself"))
                .map(Layout::slots)
                .findFirst()
                .orElseThrow(Replies::garbage);
    }

    private static String slots(String line) {
        String[] fields = line.split(" ");
        return Arrays.stream(fields).skip(FIELDS_BEFORE_SLOTS).collect(Collectors.joining(" ", fields[0] + " ", ""));
    }

    /** Whether keys are on their way from one server to another: that is said in brackets. */
    boolean isMoving() {
        return slots.contains("[");
    }
}
