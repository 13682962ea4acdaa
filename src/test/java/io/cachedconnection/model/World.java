package io.cachedconnection.model;

import static io.cachedconnection.model.Times.KEY;
import static io.cachedconnection.model.Times.NANOS;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.Stamps;
import io.cachedconnection.testing.MemoryStore;
import io.cachedconnection.testing.PartedStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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
    private MemoryStore saved;
    private NextStore next; // what came in the place of the first store; null until then
    private boolean restarted;
    private boolean trusted;
    private long replacedAt;
    private final Set<String> moved = new TreeSet<>();
    private String acting = "";

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
        if (old != null && old.saved != null) {
            saved = old.saved.copy(this::now);
        }
        if (old != null && old.next != null) {
            next = new NextStore(old.next.held().copy(this::now), this, old.next);
            restarted = old.restarted;
            trusted = old.trusted;
            replacedAt = old.replacedAt;
            moved.addAll(old.moved);
        }
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
        acting = step.party();
        String result = party(step.party()).take(step.name(), this);
        acting = "";
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
        if (broken.isEmpty() && (next == null || !staying().isEmpty())) {
            broken = brokenBy(real);
        }
        if (broken.isEmpty() && next != null && !moved.isEmpty()) {
            broken = brokenBy(next);
        }
        return broken;
    }

    /** Nodes of before find what has no stamps. */
    private String brokenBy(PartedStore held) {
        int ofBefore = hasNodesOfBefore() ? Times.version(KEY, held.find(KEY, NANOS)) : -1;
        for (int version : new int[] {Times.version(key(), held.find(key(), NANOS)), ofBefore}) {
            if (version >= 0 && version < promised) {
                return "G1: the store holds version " + version + ", but a lookup must see at least " + promised;
            }
            if (version > committed) {
                return "G3: the store holds version " + version + ", which is not committed";
            }
        }
        return "";
    }

    private boolean hasNodesOfBefore() {
        return parties.stream().anyMatch(party -> party instanceof Reader reader && reader.isOfBefore());
    }

    /** The key that all is about. */
    EntryKey key() {
        return setting.key();
    }

    /** Which of these stamps are those of now. */
    String current(Stamps stamps) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < key().tags().size() && stamps.bytes().length > 0; i++) {
            byte[] now = store().find(key().tags().get(i), NANOS);
            byte[] then = Arrays.copyOfRange(stamps.bytes(), i * Stamps.BYTES, (i + 1) * Stamps.BYTES);
            text.append(Arrays.equals(now, then) ? 'c' : 'o');
        }
        return text.toString();
    }

    /** The first Redis is saved, or copied by its replica. */
    void save() {
        saved = ((MemoryStore) real).copy(this::now);
    }

    /** Another Redis is there, with what was saved. After a restart everybody uses it, else nobody does yet. */
    void replace(Replacement.Kind kind) {
        next = new NextStore(saved.copy(this::now), this, null);
        saved = null;
        replacedAt = now;
        restarted = kind == Replacement.Kind.RESTART;
        if (restarted) {
            List.copyOf(staying()).forEach(this::move);
        }
    }

    /** A node uses the other Redis from now on. */
    void move(String node) {
        moved.add(node);
    }

    /** A step of making the other Redis trusted. */
    void verify(String step) {
        switch (step) {
            case "drop-leases" -> {
                if (!lacks(Protection.LEASES_OF_BEFORE)) {
                    next.dropLeases(Times.SPACE);
                }
            }
            case "drop-values" -> {
                if (!lacks(Protection.VALUES_OF_BEFORE)) {
                    next.dropValues(Times.SPACE);
                }
            }
            default -> {
                trusted = true;
                if (!restarted && !lacks(Protection.STAMP_OF_PROMOTION)) {
                    next.concludeAll(Times.SPACE, "vouch", Outcome.COMMITTED);
                }
            }
        }
    }

    /** The nodes that use the first Redis. */
    List<String> staying() {
        return parties.stream()
                .map(Party::name)
                .filter(name -> !name.equals("clock") && !name.equals(Replacement.NAME) && !moved.contains(name))
                .toList();
    }

    boolean haveAllMoved() {
        return staying().isEmpty();
    }

    boolean isReplaced() {
        return next != null;
    }

    boolean isRestarted() {
        return restarted;
    }

    boolean isTrusted() {
        return trusted;
    }

    long replacedAt() {
        return replacedAt;
    }

    boolean lacks(Protection protection) {
        return setting.protection() == protection;
    }

    /** Whether {@code node} would announce to a promoted Redis while others may still look at the former one. */
    boolean isRefused(String node) {
        return moved.contains(node) && !restarted && !trusted && !lacks(Protection.ALONE);
    }

    /** Whether a write that {@code node} announces now is lost when the other Redis comes, or has come. */
    boolean isOnTheFirst(String node) {
        return !moved.contains(node);
    }

    void check(boolean kept, String promise) {
        if (!kept && broken.isEmpty()) {
            broken = promise;
        }
    }

    String state() {
        StringBuilder text = new StringBuilder(200);
        text.append(committed)
                .append('/')
                .append(promised)
                .append(' ')
                .append(storeState())
                .append(replacedState());
        for (Party party : parties) {
            text.append('|').append(party.state(this));
        }
        return text.toString();
    }

    private String replacedState() {
        if (next == null) {
            return saved == null ? "" : state(saved);
        }
        return state(next.held()) + restarted + trusted + (now - replacedAt) + moved + next.announcements();
    }

    /** What {@code held} holds. */
    String state(PartedStore held) {
        int version = Times.version(key(), held.find(key(), NANOS));
        StringBuilder text = new StringBuilder(version < 0 ? "-" : "" + version);
        if (hasNodesOfBefore()) {
            text.append('(').append(Times.version(KEY, held.find(KEY, NANOS))).append(')');
        }
        text.append(held.fence(Times.FENCE)).append(';').append(held.fence(Times.FENCE_OF_ALL));
        for (EntryKey tag : key().tags()) {
            text.append(held.find(tag, NANOS) == null ? ";-" : ";s").append(held.fence(tag.fence()));
        }
        return text.toString();
    }

    /** What the store holds. */
    String storeState() {
        return state(real);
    }

    PartedStore store() {
        return moved.contains(acting) ? next : store;
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
