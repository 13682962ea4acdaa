package io.cachedconnection.model;

import java.util.List;

/**
 * Who is in a world, and what protects it.
 *
 * @param parties at their beginning
 * @param protection what the protocol goes without
 */
record Setting(List<Party> parties, Protection protection) {

    static Setting of(Party... parties) {
        return new Setting(List.of(parties), Protection.WHOLE);
    }

    Setting with(Protection other) {
        return new Setting(parties, other);
    }
}
