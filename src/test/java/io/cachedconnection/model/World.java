package io.cachedconnection.model;

import static io.cachedconnection.model.Times.KEY;
import static io.cachedconnection.model.Times.NANOS;

import io.cachedconnection.testing.MemoryStore;
import io.cachedconnection.testing.PartedStore;
import java.util.ArrayList;
import java.util.List;

/**
 * A database of one row, a store, and some parties; and what was promised to them. The database has the versions 1, 2, 3 ...
 * of the row in the order of their commits.
 */
final class World {

    private final Setting setting;
    private final PartedStore real;
    private final PartedStore store;
    private final List<Party> parties;
    private long now;
    private int committed;
    private int promised;
    private String broken = "";

    private World(Setting setting, World old) {
        this.setting = setting;
        this.now = old == null ? 0 : old.now;
        this.committed = old == null ? 0 : old.committed;
        this.promised = old == null ? 0 : old.promised;
        this.broken = old == null ? "" : old.broken;
        this.parties = copies(old == null ? setting.parties() : old.parties);
        this.real = old == null
                ? new MemoryStore(this::now, Times.MAX_TRANSACTION_AGE)
                : ((MemoryStore) old.real).copy(this::now);
        this.store = setting.protection().without(real, this);
    }

    private World(Setting setting, PartedStore store) {
        this.setting = setting;
        this.parties = copies(setting.parties());
        this.real = store;
        this.store = store;
    }

    private static List<Party> copies(List<Party> parties) {
        List<Party> copies = new ArrayList<>(parties.size());
        for (Party party : parties) {
            copies.add(party.copy());
        }
        return copies;
    }

    /** At its beginning, on the store in memory. */
    static World of(Setting setting) {
        return new World(setting, (World) null);
    }

    /** At its beginning, on another store. */
    static World on(PartedStore store, Setting setting) {
        return new World(setting, store);
    }

    World copy() {
        return new World(setting, this);
    }

    List<Step> next() {
        List<Step> steps = new ArrayList<>();
        for (Party party : parties) {
            for (String name : party.next(this)) {
                steps.add(new Step(party.name(), name));
            }
        }
        return steps;
    }

    String take(Step step) {
        String result = party(step.party()).take(step.name(), this);
        for (Party party : parties) {
            if (party instanceof Writing write) {
                promised = Math.max(promised, write.promises(this));
            }
        }
        return result;
    }

    /** The writers that are past their deadlines without an end. */
    List<String> stuck() {
        return parties.stream()
                .filter(party -> party instanceof Writing write
                        && write.isOverdue(this)
                        && !party.next(this).isEmpty())
                .map(Party::name)
                .toList();
    }

    /** Where a party is. */
    String stateOf(String name) {
        return party(name).state(this);
    }

    private Party party(String name) {
        for (Party party : parties) {
            if (party.name().equals(name)) {
                return party;
            }
        }
        throw new IllegalArgumentException(name);
    }

    /** What is broken in this moment; empty if nothing is. Whoever looks now would see what the store holds. */
    String broken() {
        byte[] held = real.find(KEY, NANOS);
        if (broken.isEmpty() && held != null && held[0] < promised) {
            return "G1: the store holds version " + held[0] + ", but a lookup must see at least " + promised;
        }
        if (broken.isEmpty() && held != null && held[0] > committed) {
            return "G3: the store holds version " + held[0] + ", which is not committed";
        }
        return broken;
    }

    void check(boolean kept, String promise) {
        if (!kept && broken.isEmpty()) {
            broken = promise;
        }
    }

    String state() {
        StringBuilder text = new StringBuilder(200);
        text.append(committed).append('/').append(promised).append(' ').append(storeState());
        for (Party party : parties) {
            text.append('|').append(party.state(this));
        }
        return text.toString();
    }

    /** What the store holds. */
    String storeState() {
        byte[] held = real.find(KEY, NANOS);
        String value = held == null ? "-" : String.valueOf(held[0]);
        return value + real.fence(Times.FENCE) + ";" + real.fence(Times.FENCE_OF_ALL);
    }

    PartedStore store() {
        return store;
    }

    List<Party> parties() {
        return parties;
    }

    /** Whether this protection of the parties themselves is there. */
    boolean isProtectedBy(Protection protection) {
        return setting.protection() != protection;
    }

    long now() {
        return now;
    }

    void pass(long nanos) {
        now += nanos;
    }

    /** The newest version that is committed. */
    int committed() {
        return committed;
    }

    int commit() {
        return ++committed;
    }

    /** The version that every lookup that starts now must see, or a newer one. */
    int promised() {
        return promised;
    }

    /** Somebody took all leases away. */
    void leasesGone() {
        parties.forEach(party -> {
            if (party instanceof Reader reader) {
                reader.leaseGone();
            }
        });
    }
}
