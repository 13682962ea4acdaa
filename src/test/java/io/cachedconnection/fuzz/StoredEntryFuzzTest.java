package io.cachedconnection.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.UnreadableValueException.Fault;
import io.cachedconnection.internal.json.JsonbCodecs;
import io.cachedconnection.internal.json.Provider;
import io.cachedconnection.testing.Mutator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What lies in Redis is damaged in every way that comes to mind, and looked up: it is refused, or is a value of the
 * declared type. Both providers share {@code -Dfuzz.inputs}; {@code -Dfuzz.seed} makes a run again.
 */
@Tag("fuzz")
class StoredEntryFuzzTest {

    private static final long INPUTS = Long.getLong("fuzz.inputs", 50_000) / Provider.values().length;
    private static final long SEED = Long.getLong("fuzz.seed", new Random().nextLong());
    private static final int SHOWN_BYTES = 2_000;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Mutator mutator = new Mutator(random);
    private final Tally tally = new Tally();

    @ParameterizedTest
    @EnumSource(Provider.class)
    void lookup_mutatedEntry_isRefusedOrOfTheType(Provider provider) throws Exception {
        try (JsonbCodecs codecs = provider.codecs()) {
            fuzz(targets(codecs));
        }
        System.out.println("Fuzz with " + provider + ", -Dfuzz.seed=" + SEED + ": " + tally);
        // If nothing got through, or nothing for each reason, the checks would have checked nothing.
        assertThat(tally.inputs()).isEqualTo(INPUTS);
        assertThat(tally.accepted()).isGreaterThan(INPUTS / 100);
        assertThat(tally.kinds().keySet())
                .anyMatch(kind -> kind.startsWith("DAMAGED"))
                .anyMatch(kind -> kind.startsWith("OUTDATED"))
                .anyMatch(kind -> kind.startsWith("UNTRUSTED"));
    }

    private static List<Target> targets(JsonbCodecs codecs) throws UnreadableValueException {
        List<Target> targets = new ArrayList<>();
        for (Sample sample : Sample.all()) {
            for (Wire wire : Wire.values()) {
                targets.add(new Target(codecs, sample, wire));
            }
        }
        return targets;
    }

    private void fuzz(List<Target> targets) {
        for (long i = 0; i < INPUTS; i++) {
            Target target = targets.get((int) (i % targets.size()));
            Target other = targets.get(random.nextInt(targets.size()));
            tally.count(fuzz(target, other));
        }
    }

    private UnreadableValueException fuzz(Target target, Target other) {
        byte[] bytes = {};
        try {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    bytes = target.wrapped(mutator.mutated(target.content(), other.content()));
                    return target.meetGenuine(bytes);
                }
                case 3 -> {
                    bytes = foreign(target, other);
                    UnreadableValueException cause = target.meet(bytes);
                    boolean foreign = bytes == other.payload() && target.refusesThatOf(other);
                    assertThat(foreign && (cause == null || cause.fault() == Fault.DAMAGED))
                            .as("of another type, and taken or read")
                            .isFalse();
                    return cause;
                }
                case 4 -> {
                    bytes = Bombs.from(target.payload(), mutator.mutated(target.content(), other.content()), random);
                    return target.meet(bytes);
                }
                case 5 -> {
                    bytes = mutator.mutated(target.payload(), other.payload());
                    return target.lookUp(bytes);
                }
                default -> {
                    bytes = mutator.mutated(target.payload(), other.payload());
                    return target.meet(bytes);
                }
            }
        } catch (Exception | Error e) {
            return fail(story(target, bytes), e);
        }
    }

    /** What is whole, but of another key, another type or another cache. */
    private byte[] foreign(Target target, Target other) {
        return switch (random.nextInt(4)) {
            case 0 -> target.payload();
            case 1 -> target.wire() == Wire.JSON || !target.wire().isEncrypted() ? target.payload() : target.foreign();
            case 2 -> target.content();
            default -> other.payload();
        };
    }

    private static String story(Target target, byte[] bytes) {
        String hex = HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(bytes.length, SHOWN_BYTES)));
        return "-Dfuzz.seed=" + SEED + ", " + target + ", " + bytes.length + " bytes: " + hex;
    }
}
