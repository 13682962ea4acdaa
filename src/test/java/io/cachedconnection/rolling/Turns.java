package io.cachedconnection.rolling;

/** What two nodes do one after the other, each seeing what the other one has done. */
final class Turns {

    private Turns() {}

    static void take(RollingNode one, RollingNode other) throws Exception {
        one.look();
        other.look();
        one.look();
        other.lookUntil(one.write());
        one.look();
        other.lookUntil(one.put());
        one.look();
        one.set();
        other.look();
        one.evict();
        other.look();
        one.look();
    }
}
