package io.cachedconnection.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The clock: it jumps now and then, by a moment, past every lease, or for nearly as long as a transaction may take, so that
 * a deadline passes while what began after its start still may fill. */
final class Passing implements Party {

    private int moments;
    private int leases;
    private int longs;

    Passing(int moments, int leases, int longs) {
        this.moments = moments;
        this.leases = leases;
        this.longs = longs;
    }

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public List<String> next(World world) {
        List<String> steps = new ArrayList<>(3);
        if (moments > 0) {
            steps.add("moment");
        }
        if (leases > 0) {
            steps.add("lease");
        }
        if (longs > 0) {
            steps.add("long");
        }
        return steps;
    }

    @Override
    public String take(String step, World world) {
        Duration jump = switch (step) {
            case "moment" -> Times.MOMENT;
            case "lease" -> Times.LEASE.plus(Times.MOMENT);
            default -> Times.MAX_TRANSACTION_AGE.minus(Times.LEASE);
        };
        moments -= step.equals("moment") ? 1 : 0;
        leases -= step.equals("lease") ? 1 : 0;
        longs -= step.equals("long") ? 1 : 0;
        world.pass(jump.toNanos());
        return "";
    }

    @Override
    public String state(World world) {
        return moments + "," + leases + "," + longs;
    }

    @Override
    public Party copy() {
        return new Passing(moments, leases, longs);
    }
}
