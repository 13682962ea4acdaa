package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The ownership of slots, reported by the masters. If two of them are settled and equal, no slot has moved in between.
 *
 * @param slots the slots of each master; blank if slots never move
 * @param isSettled whether all owners of slots were asked, agree, and together own all slots
 * @param isMoving whether slots are moving between masters
 */
record SlotOwnership(String slots, boolean isSettled, boolean isMoving) {

    /** The ownership of a single server. */
    static final SlotOwnership FIXED = new SlotOwnership("", true, false);

    /** Combines the replies of masters to {@code CLUSTER NODES}. */
    static SlotOwnership of(List<@Nullable Object> replies) {
        List<View> views = replies.stream().map(View::of).toList();
        Set<String> said = views.stream().map(View::slots).collect(Collectors.toSet());
        Set<String> asked = views.stream().map(View::own).collect(Collectors.toSet());
        boolean settled = said.size() == 1
                && views.get(0).isWhole()
                && asked.equals(views.get(0).masters());
        return new SlotOwnership(
                String.join("\n", said), settled, views.stream().anyMatch(View::isMoving));
    }

    /** The view of one master: its name, the owners of slots, and whether its own slots are moving. */
    private record View(String own, Set<String> masters, String slots, boolean isWhole, boolean isMoving) {

        private static final int FLAGS = 2;
        private static final int FIELDS_BEFORE_SLOTS = 8;

        /** Parses one line per node: name, address, flags, five more fields, then its slots, moving ones in brackets. */
        static View of(@Nullable Object reply) {
            if (!(reply instanceof byte[] text)) {
                throw ReplyParser.garbage();
            }
            String own = "";
            boolean moving = false;
            Set<String> masters = new HashSet<>();
            Set<String> slots = new TreeSet<>();
            BitSet held = new BitSet();
            for (String line : new String(text, UTF_8).lines().toList()) {
                String[] fields = line.split(" ");
                if (fields.length < FIELDS_BEFORE_SLOTS) {
                    throw ReplyParser.garbage();
                }
                if (Arrays.asList(fields[FLAGS].split(",")).contains("myself")) {
                    own = fields[0];
                }
                for (String range : Arrays.asList(fields).subList(FIELDS_BEFORE_SLOTS, fields.length)) {
                    moving |= range.startsWith("[");
                    if (!range.startsWith("[")) {
                        masters.add(fields[0]);
                        slots.add(fields[0] + " " + range);
                        String[] ends = range.split("-", -1);
                        try {
                            held.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
                        } catch (NumberFormatException | IndexOutOfBoundsException e) {
                            throw ReplyParser.garbage();
                        }
                    }
                }
            }
            return new View(own, masters, String.join(",", slots), held.cardinality() == SlotMap.SLOTS, moving);
        }
    }
}
