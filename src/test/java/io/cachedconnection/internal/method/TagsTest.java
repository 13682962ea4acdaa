package io.cachedconnection.internal.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.NotInKey;
import io.cachedconnection.PutConnection;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.KeySpace.KeyNames;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.testing.ScannedLog;
import jakarta.interceptor.InterceptorBinding;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How tags are made of arguments, results and entities, and what is wrong with them. */
class TagsTest {

    private static final KeySpace OF_TAGS = KeySpace.ofTags("shop", KeyNames.clear());
    private static final UUID ID = UUID.fromString("c0000000-0000-4000-8000-000000000001");

    record Account(UUID id, String customer, UUID customerId) {}

    static class Lookups {
        @CachedConnection(cache = "pages", key = "{customer}:{page}", tags = "customer:{customer}")
        public String page(String customer, int page) {
            return "";
        }

        @CachedConnection(
                cache = "balances",
                key = "{account.id}",
                tags = {"prices", "account:{account.id}:{0.customer}"})
        public BigDecimal balance(Account account) {
            return BigDecimal.ZERO;
        }

        @CachedConnection(cache = "newest", key = "all", tags = "account:{0}:{1}")
        public String newest(@NotInKey UUID account, @NotInKey String customer) {
            return "";
        }
    }

    static class Writes {
        @EvictConnection(tags = "customer:{account.customer}")
        public void save(Account account) {}

        @EvictConnection(
                cache = "balances",
                key = "{result.id}",
                tags = {"prices", "account:{result.id}:{result.customer}"})
        public Optional<Account> move(UUID id) {
            return Optional.empty();
        }

        @PutConnection(
                cache = "balances",
                key = "{id}",
                tags = {"account:{id}:{customer}", "prices"})
        public BigDecimal renew(UUID id, String customer) {
            return BigDecimal.ONE;
        }

        @PutConnection(cache = "balances", key = "{id}", tags = "customer:{result}")
        public BigDecimal ofResult(UUID id) {
            return BigDecimal.ONE;
        }
    }

    private static CachedBeans beans(Class<?>... beans) {
        return Readings.readAll(beans)
                .bound(cache -> cache.equals(KeySpace.OF_TAGS) ? OF_TAGS : KeySpace.of(cache, "shop"), Set.of());
    }

    private static CachedMethod lookup(Class<?> bean, String name) {
        return beans(bean).methods().stream()
                .filter(method -> method.name().contains("." + name + "("))
                .findFirst()
                .orElseThrow();
    }

    private static WriteMethod write(Class<?> bean, String name) {
        return beans(bean).writes().stream()
                .filter(method -> method.name().contains("." + name + "("))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> texts(Collection<? extends Target> targets) {
        return targets.stream().map(target -> ((EntryKey) target).text()).toList();
    }

    private static List<String> tags(CachedMethod method, Object... arguments) {
        return texts(method.key(arguments).tags());
    }

    @Test
    void tags_ofALookup_haveTheTextThatAnEvictionHas() {
        for (String customer : List.of("7", "Ada", "a:b c%", "%41", "")) {
            List<String> looked = tags(lookup(Lookups.class, "page"), customer, 2);

            assertThat(looked).hasSize(1);
            assertThat(texts(write(Writes.class, "save")
                            .announcement(new Object[] {new Account(ID, customer, ID)})
                            .targets()))
                    .isEqualTo(looked);
            assertThat(looked).containsExactly("shop:%tags:" + TagTexts.of("customer:{0}", customer));
        }
    }

    @Test
    void key_withTags_isTheOneWithoutThem() {
        assertThat(lookup(Lookups.class, "page").key(new Object[] {"Ada", 2}).text())
                .isEqualTo("shop:pages:Ada:2");
        assertThat(lookup(Lookups.class, "newest").key(new Object[] {ID, "Ada"}).text())
                .isEqualTo("shop:newest:all");
    }

    @Test
    void tags_several_areInAnOrderOfTheirOwnAndMayBeWords() {
        String account = "shop:%tags:account:" + ID + ":Ada";

        assertThat(tags(lookup(Lookups.class, "balance"), new Account(ID, "Ada", ID)))
                .containsExactly(account, "shop:%tags:prices");
        assertThat(texts(write(Writes.class, "renew")
                        .announcement(new Object[] {ID, "Ada"})
                        .put()
                        .tags()))
                .containsExactly(account, "shop:%tags:prices");
        assertThat(tags(lookup(Lookups.class, "newest"), ID, "Ada")).containsExactly(account);
    }

    @Test
    void lookup_nullOnTheWayToATag_hasNoKey() {
        CachedMethod newest = lookup(Lookups.class, "newest");

        assertThat(newest.key(new Object[] {ID, null})).isNull();
        assertThat(newest.name(new Object[] {null, "Ada"})).isNull();
        assertThat(lookup(Lookups.class, "balance").key(new Object[] {new Account(ID, null, ID)}))
                .isNull();
    }

    @Test
    void write_nullOnTheWayToATag_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> write(Writes.class, "save").announcement(new Object[] {new Account(ID, null, ID)}))
                .withMessage("CC-0816 The write is refused before it starts, because a value on the way to its tag"
                        + " customer:{String} is null, and evicting nothing would leave a stale value. Pass every"
                        + " part of the tag.")
                .satisfies(ScannedLog::thrown);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> write(Writes.class, "renew").announcement(new Object[] {ID, null}))
                .withMessageStartingWith("CC-0816");
    }

    @Test
    void name_ofCallsWithOtherTags_isAnother() {
        CachedMethod newest = lookup(Lookups.class, "newest");
        CachedMethod.CallName name = newest.name(new Object[] {ID, "Ada"});

        assertThat(name).isEqualTo(newest.name(new Object[] {ID, "Ada"}));
        assertThat(name).isNotEqualTo(newest.name(new Object[] {ID, "Bob"}));
        assertThat(newest.key(name)).isEqualTo(newest.key(newest.name(new Object[] {ID, "Bob"})));
        assertThat(newest.key(name).name())
                .isNotEqualTo(newest.key(newest.name(new Object[] {ID, "Bob"})).name())
                .isEqualTo(newest.key(new Object[] {ID, "Ada"}).name());
    }

    @Test
    void write_tagsOfTheResult_areKnownWithIt() {
        WriteMethod move = write(Writes.class, "move");
        Account moved = new Account(ID, "Ada", ID);

        assertThat(texts(move.announcement(new Object[] {ID}).targets())).containsExactly("shop:%tags:prices");
        assertThat(move.open().stream()
                        .map(open -> open.key(new Object[] {ID}, open.value(Optional.of(moved)))
                                .text()))
                .containsExactly("shop:balances:" + ID, "shop:%tags:account:" + ID + ":Ada");
        assertThat(move.open().get(1).key(new Object[] {ID}, new Account(ID, null, ID)))
                .isNull();
        assertThat(move.open().get(1).value(Optional.empty())).isNull();
    }

    @Test
    void put_tagsOfTheResult_areNotThereBefore() {
        WriteMethod ofResult = write(Writes.class, "ofResult");
        EntryKey key = ofResult.announcement(new Object[] {ID}).put();

        assertThat(key.tags()).isEmpty();
        assertThat(texts(ofResult.put()
                        .tagged(key, new Object[] {ID}, BigDecimal.TEN)
                        .tags()))
                .containsExactly("shop:%tags:customer:10");
        assertThat(ofResult.put().tagged(key, new Object[] {ID}, null)).isNull();
        assertThat(ofResult.open()).isEmpty(); // the key is known, so the write is announced
    }

    @CachedConnection(cache = "pages", key = "{customer}:{page}", tags = "customer:{customer}")
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface PageOfCustomer {}

    @EvictConnection(tags = "customer:{customer}")
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface CustomerChanged {}

    static class Composed {
        @PageOfCustomer
        public String page(String customer, int page) {
            return "";
        }

        @CustomerChanged
        public void save(String customer) {}
    }

    @Test
    void tags_ofAComposedAnnotation_count() {
        assertThat(tags(lookup(Composed.class, "page"), "Ada", 1)).containsExactly("shop:%tags:customer:Ada");
        assertThat(texts(write(Composed.class, "save")
                        .announcement(new Object[] {"Ada"})
                        .targets()))
                .containsExactly("shop:%tags:customer:Ada");
        assertThat(beans(Composed.class).problems()).isEmpty();
        assertThat(beans(Composed.class).warnings()).isEmpty();
    }

    abstract static class Base<I> {
        @CachedConnection(cache = "pages", tags = "row:{id}")
        public String find(I id) {
            return "";
        }

        @EvictConnection(tags = "row:{id}")
        public void save(I id) {}
    }

    static class OfUuids extends Base<UUID> {}

    static class OfNumbers {
        @EvictConnection(tags = "row:{id}")
        public void save(long id) {}
    }

    @CachedConnection(cache = "whole", tags = "row:{id}")
    static class WholeClass {
        public String find(UUID id) {
            return "";
        }
    }

    @Test
    void tags_inheritedWithATypeArgument_areOfThatType() {
        assertThat(tags(lookup(OfUuids.class, "find"), ID)).containsExactly("shop:%tags:row:" + ID);
        assertThat(tags(lookup(WholeClass.class, "find"), ID)).containsExactly("shop:%tags:row:" + ID);
        assertThat(beans(OfUuids.class, WholeClass.class).problems()).isEmpty();
        assertThat(beans(OfUuids.class, OfNumbers.class).problems())
                .containsExactly(
                        "CC-0153 OfNumbers.save(long) evicts the tag row:{long}, but lookups and puts make it of"
                                + " parts with other types: OfUuids.find(UUID) (declared in Base) has row:{UUID}."
                                + " Use parts of the same types.");
    }

    static class OfTexts {
        @CachedConnection(cache = "texts", tags = "row:{id}")
        public String find(String id) {
            return "";
        }
    }

    @Test
    void eviction_tagThatReadsLikeThatOfAnotherType_isRefused() {
        assertThat(beans(OfUuids.class, OfTexts.class).problems())
                .singleElement()
                .asString()
                .startsWith("CC-0153 OfUuids.save(UUID) (declared in Base) evicts the tag row:{UUID}")
                .contains(": OfTexts.find(String) has row:{String}.");
    }

    static class Wrong {
        @CachedConnection(
                cache = "wrong",
                tags = {"", " "})
        public String blank(UUID id) {
            return "";
        }

        @CachedConnection(
                cache = "wrong",
                key = "twice:{id}",
                tags = {"row:{id}", "row:{0}", "word", "word"})
        public String twice(UUID id) {
            return "";
        }

        @CachedConnection(
                cache = "wrong",
                key = "many:{id}",
                tags = {"1", "2", "3", "4", "5", "6", "7", "8", "9"})
        public String many(UUID id) {
            return "";
        }

        @CachedConnection(
                cache = "wrong",
                key = "unknown:{id}",
                tags = {"row:{ide}", "row:{id.name}", "row:{1}", "row:{result}", "row:{", "a b"})
        public String unknown(UUID id) {
            return "";
        }
    }

    @Test
    void read_wrongTags_areRefusedWithAllThatIsWrong() {
        assertThat(Readings.read(Wrong.class).problems())
                .containsExactlyInAnyOrder(
                        "CC-0147 Wrong.blank(UUID) has a blank tag. Give it a text, as in tags ="
                                + " \"customer:{customerId}\", or remove it.",
                        "CC-0148 Wrong.twice(UUID) has the tag \"row:{0}\" twice in one annotation. Remove one of them.",
                        "CC-0148 Wrong.twice(UUID) has the tag \"word\" twice in one annotation. Remove one of them.",
                        "CC-0149 Wrong.many(UUID) has 9 tags, but an entry can have 8. Remove some, or evict some by"
                                + " their keys.",
                        "CC-0106 Wrong.unknown(UUID), tag \"row:{ide}\": its template names {ide}, but there is no"
                                + " such parameter. Available: id.",
                        "CC-0108 Wrong.unknown(UUID), tag \"row:{id.name}\": its template names the property name, but"
                                + " java.util.UUID has no record component, public getter, public field or public method of"
                                + " that name. Correct the template.",
                        "CC-0107 Wrong.unknown(UUID), tag \"row:{1}\": its template names {1}, but it has 1 parameter(s),"
                                + " counted from 0.",
                        "CC-0106 Wrong.unknown(UUID), tag \"row:{result}\": its template names {result}, but there"
                                + " is no such parameter. Available: id.",
                        "CC-0105 Wrong.unknown(UUID), tag \"row:{\": the template \"row:{\" is malformed: unbalanced brace.",
                        "CC-0105 Wrong.unknown(UUID), tag \"a b\": the template \"a b\" is malformed: its text holds white"
                                + " space, a control character or a percent sign.");
    }

    static class EightTags {
        @CachedConnection(
                cache = "eight",
                tags = {"1", "2", "3", "4", "5", "6", "7", "8"})
        public String find(UUID id) {
            return "";
        }

        @EvictConnection(tags = {"1", "2", "3", "4", "5", "6", "7", "8"})
        @EvictConnection(tags = {"1", "8"})
        public void save() {}
    }

    @Test
    void read_eightTags_areRight() {
        assertThat(beans(EightTags.class).problems()).isEmpty();
        assertThat(beans(EightTags.class).warnings()).isEmpty();
        assertThat(write(EightTags.class, "save").announcement(new Object[0]).targets())
                .hasSize(8);
    }

    static class Unheard {
        @EvictConnection(tags = "client:{customer}")
        public void otherText(String customer) {}

        @EvictConnection(tags = "customer:{customer}:{page}")
        public void moreParts(String customer, int page) {}
    }

    @Test
    void eviction_tagThatNoLookupHas_isRefused() {
        assertThat(beans(Lookups.class, Unheard.class).problems())
                .hasSize(2)
                .allMatch(problem -> problem.startsWith("CC-0152 Unheard."))
                .contains("CC-0152 Unheard.otherText(String) evicts the tag client:{String}, but no lookup and no put"
                        + " has such a tag. Available: Lookups.balance(Account) has prices,"
                        + " Lookups.balance(Account) has"
                        + " account:{UUID}:{String}, Lookups.newest(UUID, String) has account:{UUID}:{String},"
                        + " Lookups.page(String, int) has customer:{String}. Correct the text, or evict the"
                        + " tags of programmatic caches with ConnectionCaches.evictTags.");
        assertThat(beans(Unheard.class).problems())
                .hasSize(2)
                .allMatch(problem -> problem.contains("Available: none."));
    }

    static class OnlyPut {
        @CachedConnection(cache = "numbers")
        public int find(UUID id) {
            return 0;
        }

        @PutConnection(cache = "numbers", key = "{id}", tags = "put:{id}")
        @EvictConnection(tags = "put:{id}")
        public int store(UUID id) {
            return 0;
        }
    }

    @Test
    void eviction_tagThatOnlyAPutHas_isRight() {
        assertThat(beans(OnlyPut.class).problems()).isEmpty();
        assertThat(beans(OnlyPut.class).warnings()).isEmpty();
    }

    static class Alone {
        @CachedConnection(cache = "alone", tags = "row:{id}")
        public String find(UUID id) {
            return "";
        }
    }

    @Test
    void lookup_tagThatNoAnnotationEvicts_isWarnedOf() {
        assertThat(beans(Alone.class).problems()).isEmpty();
        assertThat(beans(Alone.class).warnings())
                .containsExactly(
                        "CC-0154 Alone.find(UUID) has the tag row:{UUID}, but no annotation evicts such a tag; only"
                                + " ConnectionCaches.evictTags can. If the application does not call it for this"
                                + " tag, remove the tag: it makes each lookup slower.");
        assertThat(beans(Alone.class, OfUuids.class).warnings()).isEmpty();
    }

    static class Both {
        @EvictConnection(cache = "pages", key = "{id}:1", tags = "prices")
        @EvictConnection(cache = "balances", all = true, tags = "customer:{id}")
        @EvictConnection(cache = "balances", tags = "prices")
        public void all(String id) {}
    }

    @Test
    void eviction_tagsTogetherWithACache_evictsBoth() {
        List<Target> targets =
                write(Both.class, "all").announcement(new Object[] {"Ada"}).targets();

        assertThat(texts(targets.stream().filter(EntryKey.class::isInstance).toList()))
                .containsExactly(
                        "shop:pages:Ada:1", "shop:%tags:prices", "shop:%tags:customer:Ada", "shop:balances:Ada");
        assertThat(targets).hasSize(5).contains(KeySpace.of("balances", "shop"));
    }

    /** What is written where entities are. */
    @Entity
    @EvictConnection(tags = {"row:{id}", "customer:{customer}"})
    @EvictConnection(cache = "pages", tags = "prices")
    @EvictConnection(tags = {"", "row:{ide}"})
    static class Row {
        @Id
        public UUID id;

        public String customer;
    }

    @Entity
    @EvictConnection(tags = {"row:{id}", "customer:{customer}"})
    static class Right extends RightBase {}

    static class RightBase {
        @Id
        public UUID id;

        public String customer;
    }

    @Test
    void entity_tags_areOfItsAttributes() {
        Right row = new Right();
        row.id = ID;
        row.customer = "Ada";
        EvictingEntity entity = EvictingEntity.of(Right.class)
                .bound(cache -> cache.equals(KeySpace.OF_TAGS) ? OF_TAGS : KeySpace.of(cache, "shop"));

        assertThat(entity.problems()).isEmpty();
        assertThat(texts(entity.targets(row))).containsExactly("shop:%tags:row:" + ID, "shop:%tags:customer:Ada");
        assertThat(texts(entity.movingTargets(row))).containsExactly("shop:%tags:customer:Ada"); // an id never changes
        assertThat(entity.targetsOfUnknownPast()).containsExactly(OF_TAGS);
        row.customer = null;
        assertThat(texts(entity.targets(row))).containsExactly("shop:%tags:row:" + ID);
    }

    @Test
    void entity_wrongTags_areRefused() {
        assertThat(ScannedLog.texts(EvictingEntity.of(Row.class).problems()))
                .hasSize(3)
                .anyMatch(problem -> problem.startsWith("CC-0177 Row "))
                .anyMatch(problem -> problem.startsWith("CC-0147 Row "))
                .anyMatch(problem -> problem.startsWith("CC-0108 Row, tag \"row:{ide}\": "));
    }

    @Test
    void text_ofAProgram_isWhatATemplateMakes() {
        assertThat(TagTexts.of("a:{0}:{1}:{0}", ID, 7L)).isEqualTo("a:" + ID + ":7:" + ID);
        assertThat(TagTexts.of("{0}", "a:b c")).isEqualTo("a%3Ab%20c");
        assertThat(TagTexts.of("word")).isEqualTo("word");
        assertThat(TagTexts.of("{0}", java.time.ZoneId.of("Europe/Warsaw"))).isEqualTo("Europe/Warsaw");
        assertThat(TagTexts.of("{0}", RetentionPolicy.RUNTIME)).isEqualTo("RUNTIME");
        for (String tag : List.of("customer:" + ID, "prices", "a%3Ab", "%(a%,%)", "é")) {
            assertThat(TagTexts.checked(tag)).isEqualTo(tag);
        }
    }

    @Test
    void text_thatNoTemplateMakes_isRefusedWithoutShowingIt() {
        for (String tag : List.of("", " ", "a b", "100%", "%3a", "{0}", "a\n")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TagTexts.checked(tag))
                    .withMessageStartingWith("CC-0818 A tag is refused: it ")
                    .satisfies(ScannedLog::thrown);
        }
        refused("", "the template is blank");
        refused("{id}", "its template names {id}, and it has 1 part(s), counted from 0", ID);
        refused("{1}", "its template names {1}, and it has 1 part(s), counted from 0", ID);
        refused("{0.name}", "its template names {0.name}", ID);
        refused("{0", "is malformed: unbalanced brace", ID);
        refused("{0}", "a part of type java.lang.Object has no unambiguous text", new Object());
        refused("{0}", "it is blank", "");
        assertThatThrownBy(() -> TagTexts.of("{0}", (Object) null)).isInstanceOf(NullPointerException.class);
    }

    private static void refused(String template, String reason, Object... parts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TagTexts.of(template, parts))
                .withMessageStartingWith("CC-0818 A tag is refused: ")
                .withMessageContaining(reason);
    }
}
