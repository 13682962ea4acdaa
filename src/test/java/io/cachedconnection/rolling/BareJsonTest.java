package io.cachedconnection.rolling;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.FormatSettings;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LookupResult.Source;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.json.JsonbCodecs;
import io.cachedconnection.internal.json.Provider;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two versions of an application that share bare JSON, without a fingerprint that tells them apart: which changes of a type
 * are noticed by what the JSON looks like, and which are not. {@code docs/how-to/upgrades.md} lists the latter.
 */
@Timeout(120)
@Tag("proof")
class BareJsonTest {

    /** The JSON fits both versions, but they mean something else by it. */
    private static final Set<TypeChange> OTHER_MEANING = EnumSet.of(
            TypeChange.LONG_BEYOND_INT,
            TypeChange.LIST_TO_SET,
            TypeChange.CONSTANT_ADDED,
            TypeChange.NULLABLE_TO_PRIMITIVE,
            TypeChange.SUBCLASS_ADDED);

    /** A class with annotations of JSON-B may have any members, so none is missed. */
    private static final Set<TypeChange> UNNOTICED = EnumSet.of(
            TypeChange.PROPERTY_NAMED,
            TypeChange.COMPONENT_NAMED,
            TypeChange.MEMBER_BESIDE_NAMED_ONE_RENAMED,
            TypeChange.COMPONENT_BESIDE_NAMED_ONE_ADDED);

    @TempDir
    private static Path folder;

    private static Releases releases;

    private final Row row = new Row();
    private final EntryKey key =
            KeySpace.of("rolling", "").key(UUID.randomUUID().toString());

    @BeforeAll
    static void compile() {
        releases = new Releases(folder);
    }

    static Stream<Arguments> safe() {
        return Arrays.stream(TypeChange.values())
                .filter(change -> !OTHER_MEANING.contains(change) && !UNNOTICED.contains(change))
                .flatMap(BareJsonTest::withProviders);
    }

    static Stream<Arguments> unsafe() {
        return Stream.concat(OTHER_MEANING.stream(), UNNOTICED.stream())
                .flatMap(BareJsonTest::withProviders)
                .filter(each -> each.get()[0] != TypeChange.SUBCLASS_ADDED || each.get()[1] == Provider.JOHNZON);
    }

    private static Stream<Arguments> withProviders(TypeChange change) {
        return Arrays.stream(Provider.values()).map(provider -> Arguments.of(change, provider));
    }

    @ParameterizedTest
    @MethodSource("safe")
    void change_readAsBareJson_isNoticedOrHarmless(TypeChange change, Provider provider) {
        assertThat(isMisread(provider, releases.before(change), releases.after(change)))
                .isFalse();
        assertThat(isMisread(provider, releases.after(change), releases.before(change)))
                .isFalse();
    }

    /** Whoever mends one takes it out of the list, here and in the docs. */
    @ParameterizedTest
    @MethodSource("unsafe")
    void change_readAsBareJson_isNotNoticed(TypeChange change, Provider provider) {
        assertThat(isMisread(provider, releases.before(change), releases.after(change))
                        || isMisread(provider, releases.after(change), releases.before(change)))
                .isTrue();
    }

    private static boolean isMisread(Provider provider, Release writer, Release reader) {
        try (JsonbCodecs codecs = provider.codecs()) {
            return Stream.of(2, 3).anyMatch(version -> isMisread(codecs, version, writer, reader));
        }
    }

    private static boolean isMisread(JsonbCodecs codecs, int version, Release writer, Release reader) {
        try {
            byte[] payload = codecs.of(writer.type()).encode(writer.value(version));
            Object value = codecs.of(reader.type()).decode(payload);
            return reader.row(value, version) != version;
        } catch (UnreadableValueException e) {
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource("safe")
    void versions_inTurns_eachSeesItsOwn(TypeChange change, Provider provider) throws Exception {
        Wire wire = new Wire(provider, FormatSettings.JSON, false);
        try (RollingNode newer = new RollingNode(releases.after(change), row, key, wire)) {
            try (RollingNode older = new RollingNode(releases.before(change), row, key, wire)) {
                Turns.take(older, newer);
                Turns.take(newer, older);
                assertThat(older.count(Event.OUTDATED) + newer.count(Event.OUTDATED))
                        .isZero();
            }
            newer.look();
            Source expected = change.isStored(provider, provider) ? Source.REDIS : Source.REPOSITORY;
            assertThat(newer.look()).isEqualTo(expected);
        }
    }
}
