package io.cachedconnection.fuzz;

import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.FakeTime;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryFormat.EntryMetadata;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.LookupResult.Source;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.StoreResult;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.UnreadableValueException.Fault;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.internal.envelope.Envelopes;
import io.cachedconnection.internal.json.Fingerprints;
import io.cachedconnection.internal.json.JsonbCodecs;
import io.cachedconnection.testing.MemoryStore;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.TypeConformance;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A cache of one type, over a store in which bytes are planted; they take the whole way that those from Redis take. Whatever
 * they are, the finding is a value of the type that can be written again, or a refusal of a kind that is allowed. For one
 * thread.
 */
public final class Target {

    private static final long NOW = 1_700_000_000_000L;
    private static final EntryMetadata ORIGIN = new EntryMetadata(Duration.ofMinutes(5), Duration.ofMillis(3));
    private static final byte ENVELOPE = (byte) 0xCC; // begins with this
    // JSON can have half a pair, by escapes, and UTF-8 cannot. A BigDecimal of just under 1000 digits may be
    // written with more of them than it was read with, or with a longer exponent.
    private static final Set<String> READ_BUT_NOT_WRITTEN =
            Set.of("half a surrogate pair", "a number beyond all bounds");
    private static final Pattern ANOTHER_NUMBER =
            Pattern.compile("is a negative zero, which not every provider reads with its sign$");

    // Where the type leaves the class of a number open, JSON-B reads a whole one as an integer, however it is written.
    private static final Pattern OPEN_NUMBER =
            Pattern.compile("\\(java\\.lang\\.Double\\) comes back as java\\.lang\\.(Integer|Long)$");

    private static final Pattern NEGATIVE_ZERO = Pattern.compile("-0(\\.0+)?(?![0-9.])");
    private static final Jsonb JSONB = JsonbBuilder.create();
    private static final String TOO_LONG = "longer than any value may be";
    private static final int MAX_DEPTH = 65; // brackets around brackets, of which 64 are nested
    private static final KeySpace SPACE = KeySpace.of("fuzz", "");

    private final EntryKey key;
    private final Sample sample;
    private final Wire wire;
    private final ValueCodec<Object> codec;
    private final EntryFormat format;
    private final LastRefusal refusal = new LastRefusal();
    private final CacheCounters counters = new CacheCounters();
    private final MemoryStore store;
    private final Engine engine;
    private final CacheBinding<Object> binding;
    private final byte[] content;
    private final byte[] payload;
    private final byte[] foreign;
    private long refused;

    Target(JsonbCodecs codecs, Sample sample, Wire wire) throws UnreadableValueException {
        this.sample = sample;
        this.key = SPACE.key(sample.type().getTypeName() + wire);
        this.wire = wire;
        FakeTime time = new FakeTime();
        codec = codecs.of(sample.type());
        format = new Envelopes(() -> NOW).wrapping(wire.settings(), Fingerprints.of(sample.type()));
        store = new MemoryStore(time, ProtocolSettings.defaults().maxTransactionAge());
        engine = new Engine(Settings.ports(store, refusal, time), ProtocolSettings.defaults());
        binding = new CacheBinding<>(
                new Cache("fuzz", Settings::cache, counters), codec, format, TtlChoice.exactly(Duration.ofMinutes(5)));
        content = codec.encode(sample.value());
        payload = wrapped(content);
        foreign = format.wrapped(SPACE.key("other"), content, ORIGIN);
    }

    /** The JSON of the sample. */
    byte[] content() {
        return content;
    }

    /** What stands in Redis for it. */
    byte[] payload() {
        return payload;
    }

    /** What stands in Redis for it under another key. */
    byte[] foreign() {
        return foreign;
    }

    /** What somebody who has the keys would put there for this JSON. */
    byte[] wrapped(byte[] json) throws UnreadableValueException {
        return format.wrapped(key, json, ORIGIN);
    }

    /** Whether an entry of {@code other} cannot be one of this. */
    boolean refusesThatOf(Target other) {
        return wire != Wire.JSON && !sample.equals(other.sample);
    }

    Wire wire() {
        return wire;
    }

    /** Has {@code bytes} looked up, which were written by somebody who has no keys; null if they were taken. */
    UnreadableValueException meet(byte[] bytes) {
        return meet(bytes, wire.isEncrypted() && !Arrays.equals(bytes, payload));
    }

    /** Likewise if they were written by somebody who has the keys. */
    UnreadableValueException meetGenuine(byte[] bytes) {
        return meet(bytes, false);
    }

    private UnreadableValueException meet(byte[] bytes, boolean forged) {
        store.plant(key, bytes);
        StoreResult<Object> found = engine.find(binding, key);
        UnreadableValueException cause = refusal.taken();
        if (found.isHit()) {
            check(cause == null && !forged, "taken, though it is forged");
            checkValue(found.value());
            checkText(bytes);
        } else if (bytes.length > 0) {
            checkRefusal(bytes, cause, forged);
        }
        checkCounters(cause);
        return cause;
    }

    /** The same as a lookup of the repository's: its answer is the value that is there, or the repository's. */
    UnreadableValueException lookUp(byte[] bytes) throws Exception {
        boolean forged = wire.isEncrypted() && !Arrays.equals(bytes, payload);
        store.plant(key, bytes);
        LookupResult<Object> result = engine.read(binding, key, sample::value);
        UnreadableValueException cause = refusal.taken();
        if (result.source() == Source.REDIS) {
            check(cause == null && !forged, "taken, though it is forged");
            checkValue(result.value());
        } else {
            check(result.value() == sample.value(), "neither the repository's answer nor that in Redis");
            check(engine.find(binding, key).isHit(), "what was loaded is not there afterwards");
        }
        checkCounters(cause);
        return cause;
    }

    /** Only looks it up, for measurements. */
    boolean takes(byte[] bytes) {
        store.plant(key, bytes);
        boolean hit = engine.find(binding, key).isHit();
        refused += refusal.taken() == null ? 0 : 1;
        return hit;
    }

    private void checkValue(Object value) {
        check(TypeConformance.conforms(sample.type(), value), "a value of another type");
        try {
            codec.decode(codec.encode(value));
        } catch (UnreadableValueException e) {
            boolean isKnown = READ_BUT_NOT_WRITTEN.contains(e.kind())
                    || OPEN_NUMBER.matcher(e.kind()).find()
                    || (ANOTHER_NUMBER.matcher(e.kind()).find() && hasNegativeZero(value));
            check(isKnown, "a value that cannot be written again: " + e.kind());
        }
    }

    /** No node writes it, and all but those with Johnzon alone read it. */
    private static boolean hasNegativeZero(Object value) {
        return NEGATIVE_ZERO.matcher(JSONB.toJson(value)).find();
    }

    /** By other means than the library's: one value and nothing after it, not nested too deeply. */
    private void checkText(byte[] bytes) {
        int depth = 0;
        boolean text = false;
        boolean over = false;
        for (int i = 0; wire == Wire.JSON && i < bytes.length; i++) {
            check(!over || " \t\r\n".indexOf(bytes[i]) >= 0, "taken, with something after the value");
            if (text && bytes[i] == '\\') {
                i++;
            } else if (bytes[i] == '"') {
                text = !text;
                over = !text && depth == 0;
            } else if (!text && "[{]}".indexOf(bytes[i]) >= 0) {
                depth += "[{".indexOf(bytes[i]) >= 0 ? 1 : -1;
                check(depth <= MAX_DEPTH, "taken, though nested deeply");
                over = depth == 0;
            }
        }
    }

    private void checkRefusal(byte[] bytes, UnreadableValueException cause, boolean forged) {
        check(cause != null, "refused, and nobody was told");
        check(!cause.kind().endsWith("Error"), cause.kind());
        check(!forged || cause.fault() == Fault.UNTRUSTED, "forged, and found to be " + cause.fault());
        boolean tooLong = cause.kind().equals(TOO_LONG); // not even opened
        check(forged || tooLong || cause.fault() != Fault.UNTRUSTED, "genuine, and not trusted");
        Fault ofJson = bytes[0] == ENVELOPE ? Fault.OUTDATED : Fault.DAMAGED;
        check(wire != Wire.JSON || cause.fault() == ofJson, "JSON that is " + cause.fault());
        check(!store.contains(key, Long.MAX_VALUE), "refused, and still there");
    }

    private void checkCounters(UnreadableValueException cause) {
        refused += cause == null ? 0 : 1;
        long counted = counters.of(Event.UNDECODABLE) + counters.of(Event.OUTDATED) + counters.of(Event.UNTRUSTED);
        check(counted == refused, "refused " + refused + ", counted " + counted);
        check(counters.of(Event.FAILURE) == 0, "a failure of the store");
    }

    private static void check(boolean right, String otherwise) {
        if (!right) {
            throw new AssertionError(otherwise);
        }
    }

    @Override
    public String toString() {
        return sample.type().getTypeName() + " as " + wire;
    }
}
