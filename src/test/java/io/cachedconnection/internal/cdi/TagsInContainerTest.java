package io.cachedconnection.internal.cdi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import com.arjuna.ats.jta.TransactionManager;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.ConnectionCache;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.EvictingEntityListener;
import io.cachedconnection.EvictionRefusedException;
import io.cachedconnection.PutConnection;
import io.cachedconnection.internal.cdi.Accounts.Account;
import io.cachedconnection.internal.cdi.Accounts.Row;
import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.ScannedLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tags in a CDI container, on a real Redis. */
class TagsInContainerTest {

    /** Brings the registry. */
    @ApplicationScoped
    static class Registry {

        @Produces
        @ApplicationScoped
        TransactionSynchronizationRegistry registry() {
            return new TransactionSynchronizationRegistryImple();
        }
    }

    /** The key of a page by hand. */
    record Page(String customer, int number) {}

    private final jakarta.transaction.TransactionManager manager = TransactionManager.transactionManager();
    private RunningContainer container;
    private Accounts accounts;
    private ConnectionCaches caches;

    @AfterEach
    void close() throws Exception {
        if (manager.getTransaction() != null) {
            manager.rollback();
        }
        if (container != null) {
            container.close();
        }
    }

    private void start() {
        start(Map.of());
    }

    private void start(Map<String, String> settings) {
        container = new RunningContainer(
                "t" + UUID.randomUUID(),
                settings,
                Accounts.class,
                Registry.class,
                TransactionsTest.RequiresNew.class,
                TransactionsTest.Ledger.class,
                Shelf.class);
        accounts = container.bean(Accounts.class);
        caches = container.bean(ConnectionCaches.class);
    }

    /** Two customers whose answers are in the cache. */
    private void warm() {
        accounts.change("1", "Ada", 100);
        accounts.change("2", "Bob", 100);
        look("Ada", 100);
        look("Bob", 100);
        assertThat(accounts.number()).isEqualTo(2);
        accounts.change("1", "Ada", 200);
        accounts.change("2", "Bob", 200);
        accounts.change("3", "Cid", 200);
        look("Ada", 100);
        look("Bob", 100);
        assertThat(accounts.number()).isEqualTo(2);
    }

    /** What the cache, or else the database, says of a customer. */
    private void look(String customer, long cents) {
        assertPage(customer, cents);
        assertThat(accounts.balance(customer)).isEqualTo(cents);
        assertThat(accounts.find(customer.equals("Ada") ? "1" : "2", customer).cents())
                .isEqualTo(cents);
    }

    private void assertPage(String customer, long cents) {
        assertThat(accounts.page(customer, 0))
                .singleElement()
                .extracting(Account::cents)
                .isEqualTo(cents);
    }

    private static Row row(String id, String customer) {
        Row row = new Row();
        row.id = id;
        row.customer = customer;
        return row;
    }

    private static <T> T elsewhere(Callable<T> lookup) {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return lookup.call();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .join();
    }

    private static void until(Callable<Boolean> condition) {
        await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(20))
                .until(condition);
    }

    @Test
    void evict_tag_makesAllThatHasItOldInAllCachesAndNothingElse() {
        start();
        warm();

        accounts.save(new Account("1", "Ada", 300));

        look("Ada", 300);
        look("Bob", 100);
        assertThat(accounts.number()).isEqualTo(2);
        accounts.change("1", "Ada", 400);
        look("Ada", 300); // cached once more
        assertThat(caches.statistics()).doesNotContainKey("(tags)"); // tags are no cache
    }

    @Test
    void evict_tagThatOneOfTheCachesHas_leavesTheOthers() {
        start();
        warm();

        accounts.add(new Account("4", "Dan", 300));

        assertThat(accounts.balance("Ada")).isEqualTo(200);
        assertPage("Ada", 100);
        assertThat(accounts.number()).isEqualTo(4);
    }

    @Test
    void evict_committed_isSeenByItselfAtOnceAndByOthersAfterwards() throws Exception {
        start();
        warm();
        manager.begin();
        accounts.save(new Account("1", "Ada", 300));

        look("Ada", 300);
        look("Bob", 100);
        assertThat(elsewhere(() -> accounts.balance("Ada"))).isEqualTo(100);
        manager.commit();
        accounts.change("1", "Ada", 400);
        assertThat(elsewhere(() -> accounts.balance("Ada"))).isEqualTo(400);
        look("Ada", 400);
    }

    @Test
    void evict_rolledBack_isDoneForWhatThatDoesNotUndo() throws Exception {
        start();
        warm();
        manager.begin();
        accounts.save(new Account("1", "Ada", 300));
        caches.evictTags("customer:Bob");
        manager.rollback();

        look("Ada", 300);
        look("Bob", 200);
    }

    @Test
    void evict_redisAwayAndRetry_isDeliveredAndNothingOldIsServedUntilThen() throws Exception {
        try (RedisProcess redis = RedisProcess.started()) {
            // An announcement that Redis reads late, when it goes on, ends with the longest transaction.
            start(Map.of(
                    "redis.uri",
                    redis.uri(),
                    "redis.timeout",
                    "PT0.3S",
                    "evict.timeout",
                    "PT0.3S",
                    "max-transaction-age",
                    "PT2S"));
            until(() -> {
                accounts.change("1", "Ada", 100);
                accounts.balance("Ada");
                accounts.change("1", "Ada", 200);
                return accounts.balance("Ada") == 100; // Redis has been reached
            });
            redis.hang();
            accounts.save(new Account("1", "Ada", 300));
            assertThat(accounts.balance("Ada")).isEqualTo(300);
            redis.resume();

            until(() -> {
                long now = accounts.balance("Ada");
                assertThat(now).isGreaterThanOrEqualTo(300); // never what is a duplicate the write
                accounts.change("1", "Ada", 400);
                long first = accounts.balance("Ada");
                accounts.change("1", "Ada", 500);
                return accounts.balance("Ada") == first; // cached once more
            });
        }
    }

    @Test
    void evict_redisAwayAndFail_refusesTheWriteBeforeItStarts() {
        try (RedisProcess absent = RedisProcess.notStarted()) {
            start(RunningContainer.refusingWrites(absent.uri()));

            assertThatExceptionOfType(EvictionRefusedException.class)
                    .isThrownBy(() -> accounts.save(new Account("1", "Ada", 300)))
                    .withMessageStartingWith("CC-0802")
                    .satisfies(ScannedLog::thrown)
                    .satisfies(e -> assertThat(e.cache()).isEqualTo("(tags)"));
            assertThatExceptionOfType(EvictionRefusedException.class)
                    .isThrownBy(() -> accounts.saved("1", "Ada", 300))
                    .withMessageStartingWith("CC-0804")
                    .satisfies(ScannedLog::thrown);
            assertThat(accounts.writes()).isZero();
            assertThatExceptionOfType(EvictionRefusedException.class)
                    .isThrownBy(() -> caches.evictTags("customer:Ada", "prices"))
                    .withMessageStartingWith("CC-0805")
                    .satisfies(ScannedLog::thrown);
        }
    }

    @Test
    void evict_nullOnTheWayToATag_refusesTheWriteBeforeItStarts() {
        start();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> accounts.save(new Account("1", null, 300)))
                .withMessageStartingWith("CC-0816");
        assertThat(accounts.writes()).isZero();
    }

    @Test
    void evict_tagOfTheResult_isThatOne() throws Exception {
        start();
        warm();
        accounts.saved("1", "Ada", 300);
        look("Ada", 300);
        look("Bob", 100);

        manager.begin();
        accounts.saved("2", "Bob", 300);
        look("Bob", 300);
        manager.commit();
        look("Bob", 300);
        assertThat(accounts.number()).isEqualTo(2);
    }

    @Test
    void evict_tagOfTheResultIsNotToBeHad_evictsAllThatCanHaveTags() {
        start();
        warm();

        accounts.saved("4", "lazy", 300);

        look("Ada", 200);
        look("Bob", 200);
        assertThat(accounts.number()).isEqualTo(4);
    }

    @Test
    void put_withTags_isFoundByLookupsWithTheSameTagsUntilOneIsEvicted() {
        start();
        accounts.store("1", "Ada", 100);
        accounts.change("1", "Ada", 200);
        assertThat(accounts.find("1", "Ada").cents()).isEqualTo(100);

        caches.evictTags("customer:Ada");

        assertThat(accounts.find("1", "Ada").cents()).isEqualTo(200);
    }

    @Test
    void put_tagsOfTheResult_areThoseOfTheLookups() {
        start();
        accounts.storeResult("1", "Ada", 100);
        accounts.change("1", "Ada", 200);
        assertThat(accounts.find("1", "Ada").cents()).isEqualTo(100);

        caches.evictTags("customer:Ada");
        assertThat(accounts.find("1", "Ada").cents()).isEqualTo(200);
        accounts.storeResult("1", "lazy", 500); // its tag cannot be had, so the key is only evicted
        assertThat(accounts.find("1", "Ada").cents()).isEqualTo(500);
    }

    @Test
    void put_inATransaction_isStoredWithItsTagsAfterTheCommit() throws Exception {
        start();
        until(() -> container
                .redis
                .info("server")
                .lines()
                .anyMatch(line -> line.startsWith("uptime_in_seconds:")
                        && Integer.parseInt(
                                        line.substring(line.indexOf(':') + 1).strip())
                                >= 8)); // before, a start may hide writes
        warm();
        container.bean(TransactionsTest.Ledger.class).around(() -> {
            accounts.storeResult("1", "Ada", 300);
            assertThat(accounts.find("1", "Ada").cents()).isEqualTo(300); // its own
        });
        accounts.change("1", "Ada", 400);
        assertThat(accounts.find("1", "Ada").cents()).isEqualTo(300);
        assertThat(accounts.balance("Ada")).isEqualTo(100);

        container.bean(TransactionsTest.Ledger.class).around(() -> {
            accounts.storeResult("1", "Ada", 500);
            caches.evictTags("customer:Ada");
        });
        accounts.change("1", "Ada", 600);
        look("Ada", 600);
    }

    @Test
    void put_whoseOwnWriteEvictsItsTag_onlyEvicts() {
        start();
        warm();

        accounts.storeAndEvict("1", "Ada", 300);
        accounts.change("1", "Ada", 400);

        look("Ada", 400);
        look("Bob", 100);
    }

    @Test
    void find_sameKeyWithOtherTags_isAMiss() {
        start();
        warm();

        assertThat(accounts.find("1", "Bob").cents()).isEqualTo(200);
        assertThat(accounts.find("1", "Ada").cents()).isEqualTo(200); // whose entry was replaced
        caches.evictTags("customer:Bob");
        accounts.change("1", "Ada", 300);
        assertThat(accounts.find("1", "Ada").cents()).isEqualTo(200);
    }

    @Test
    void all_andClear_makeAllOfACacheWithTagsOld() {
        start();
        warm();

        accounts.newBalances();

        assertThat(accounts.balance("Ada")).isEqualTo(200);
        assertPage("Ada", 100);
        ConnectionCache<String, Long> balances = caches.cache("balance-of-customer", String.class, Long.class);
        accounts.change("1", "Ada", 300);
        balances.clear();
        assertThat(accounts.balance("Ada")).isEqualTo(300);
        accounts.change("1", "Ada", 400);
        balances.tagged("prices", "customer:{key}").clear();
        assertThat(accounts.balance("Ada")).isEqualTo(400);
        assertPage("Ada", 100);
    }

    @Test
    void tagged_byHand_sharesEntriesWithAnnotationsThatHaveTheSameTags() {
        start();
        warm();
        ConnectionCache<String, Long> plain = caches.cache("balance-of-customer", String.class, Long.class);
        ConnectionCache<String, Long> tagged = plain.tagged("customer:{key}", "prices");

        assertThat(tagged.find("Ada")).contains(100L);
        assertThat(plain.find("Ada")).isEmpty();
        assertThat(tagged.tagged().find("Ada")).isEmpty();
        assertThat(tagged.put("Cid", 7L)).isTrue();
        assertThat(accounts.balance("Cid")).isEqualTo(7);
        caches.evictTags("customer:Cid", "customer:Nobody");
        assertThat(accounts.balance("Cid")).isEqualTo(200);
        assertThat(tagged.get("Dan", () -> 8L)).isEqualTo(8L);
        assertThat(tagged.get("Dan", () -> 9L)).isEqualTo(8L);
        assertThat(tagged.contains("Dan")).isTrue();
        caches.evictTags("prices");
        assertThat(tagged.contains("Dan")).isFalse();
        assertThat(tagged.get("Dan", () -> 9L)).isEqualTo(9L);
        tagged.evict("Dan");
        assertThat(tagged.contains("Dan")).isFalse();
        assertPage("Ada", 100);
    }

    @Test
    void tagged_propertyOfTheKey_isATag() {
        start();
        ConnectionCache<Page, String> pages = caches.cache("pages-by-hand", Page.class, String.class)
                .tagged("customer:{key.customer}", "page:{0.number}");
        Page ada = new Page("Ada:x", 1);
        pages.put(ada, "one");
        pages.put(new Page("Bob", 2), "two");

        caches.evictTags(caches.tag("customer:{0}", "Ada:x"));

        assertThat(pages.find(ada)).isEmpty();
        assertThat(pages.find(new Page("Bob", 2))).contains("two");
        assertThat(pages.get(new Page(null, 2), () -> "loaded")).isEqualTo("loaded");
        assertThat(pages.find(new Page(null, 2))).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pages.evict(new Page(null, 2)))
                .withMessageStartingWith("CC-0803");
    }

    @Test
    void tagged_whatCannotBe_isRefused() {
        start();
        ConnectionCache<String, Long> plain = caches.cache("balance-of-customer", String.class, Long.class);

        refused(plain, "CC-0106", "customer:{id}");
        refused(plain, "CC-0147", "");
        refused(plain, "CC-0148", "{0}", "{key}");
        refused(plain, "CC-0149", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        refused(caches.cache("provider-connection", UUID.class, ProviderConnection.class), "CC-0150", "{key}");
        assertThatThrownBy(() -> plain.tagged((String[]) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("The tags are null.");
        assertThatThrownBy(() -> plain.tagged("a", null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("A tag is null.");
    }

    private static void refused(ConnectionCache<?, ?> cache, String id, String... tags) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cache.tagged(tags))
                .withMessageStartingWith(id)
                .satisfies(ScannedLog::thrown);
    }

    @Test
    void evictTags_whatCannotBe_isRefusedBeforeAnyIsEvicted() {
        start();
        warm();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> caches.evictTags("customer:Ada", " "))
                .withMessageStartingWith("CC-0818");
        assertThatThrownBy(() -> caches.evictTags("customer:Ada", null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("A tag is null.");
        assertThatThrownBy(() -> caches.evictTags((String[]) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("The tags are null.");
        assertThatThrownBy(() -> caches.tag(null)).hasMessage("The template is null.");
        assertThatThrownBy(() -> caches.tag("a", (Object[]) null)).hasMessage("The parts are null.");
        assertThatThrownBy(() -> caches.tag("{0}", (Object) null)).hasMessage("A part of the tag is null.");
        caches.evictTags();
        look("Ada", 100);
    }

    @Test
    void entity_changed_evictsTheTagsOfBeforeAndOfAfter() throws Exception {
        start();
        warm();
        EvictingEntityListener listener = new EvictingEntityListener();
        Row row = row("1", "Ada");
        manager.begin();
        listener.loaded(row);
        row.customer = "Bob";
        listener.updated(row);
        manager.commit();

        look("Ada", 200);
        look("Bob", 200);
        assertThat(accounts.number()).isEqualTo(2);
    }

    @Test
    void entity_written_evictsItsTag() throws Exception {
        start();
        warm();
        manager.begin();
        new EvictingEntityListener().inserted(row("1", "Ada"));
        look("Ada", 200); // its own
        manager.commit();

        look("Ada", 200);
        look("Bob", 100);
    }

    @Test
    void entity_changedFromWhatIsUnknown_evictsAllThatCanHaveTags() throws Exception {
        start();
        warm();
        manager.begin();
        new EvictingEntityListener().updated(row("1", "Ada"));
        manager.commit();

        look("Ada", 200);
        look("Bob", 200);
    }

    @Test
    void redis_privateKeys_showNoTag() {
        start(privacy(""));
        accounts.change("1", "Kumquat", 100);
        assertThat(accounts.balance("Kumquat")).isEqualTo(100);
        accounts.change("1", "Kumquat", 200);
        assertThat(accounts.balance("Kumquat")).isEqualTo(100);
        assertThat(container.redis.keys(container.prefix + ":%tags:*")).isNotEmpty();
        caches.evictTags("customer:Kumquat");
        assertThat(accounts.balance("Kumquat")).isEqualTo(200);
        assertThat(container.redis.keys("*" + container.prefix + "*"))
                .isNotEmpty()
                .noneMatch(key -> key.contains("Kumquat") || key.contains("%tags:customer") || key.contains("prices"));
    }

    /** Lookups and puts with tags. */
    @ApplicationScoped
    static class Tagged {

        @CachedConnection(tags = "user:{id}")
        public ProviderConnection connection(UUID id) {
            return null;
        }

        @CachedConnection(cache = "bare", tags = "user:{id}")
        public String bare(UUID id) {
            return "";
        }

        @CachedConnection(cache = "plain")
        public String plain(UUID id) {
            return "";
        }

        @PutConnection(cache = "plain", key = "{id}", tags = "user:{id}")
        public String put(UUID id) {
            return "";
        }

        @CachedConnection(cache = "clear", tags = "user:{id}")
        public String clear(UUID id) {
            return "";
        }
    }

    private static String refusal(Map<String, String> settings) {
        Throwable refusal =
                catchThrowable(() -> new RunningContainer("t" + UUID.randomUUID(), settings, Tagged.class).close());
        StringBuilder said = new StringBuilder();
        for (Throwable cause = refusal == null ? null : ScannedLog.thrown(refusal);
                cause != null;
                cause = cause.getCause()) {
            said.append(cause.getMessage()).append('\n');
        }
        return said.toString();
    }

    @Test
    void deployment_tagsInACacheOfBareJson_isRefused() {
        assertThat(refusal(Map.of("cache.bare.wire", "JSON", "cache.plain.wire", "JSON")))
                .contains(
                        "CC-0150 Tagged.connection(UUID) has tags, but cache provider-connection stores bare JSON,"
                                + " which cannot have tags. Set"
                                + " cached-connection.cache.provider-connection.wire=ENVELOPE, or"
                                + " remove the tags.",
                        "CC-0150 Tagged.bare(UUID) has tags, but cache bare ",
                        "CC-0150 Tagged.put(UUID) has tags, but cache plain ")
                .doesNotContain("Tagged.clear", "CC-0151");
        assertThat(refusal(Map.of("cache.provider-connection.wire", "ENVELOPE")))
                .isEmpty();
    }

    @Test
    void deployment_tagsInACacheWithPrivateKeysOfItsOwn_isRefused() {
        Map<String, String> settings = new HashMap<>(privacy("cache.bare."));
        settings.put("cache.provider-connection.wire", "ENVELOPE");

        assertThat(refusal(settings))
                .contains("CC-0151 Tagged.bare(UUID) has tags, and cache bare has private keys, but tags belong to no"
                        + " cache and would be readable in Redis. Set"
                        + " cached-connection.key-privacy.enabled=true for all caches, or remove the tags.")
                .doesNotContain("CC-0150", "Tagged.clear", "Tagged.put");
        settings.putAll(privacy(""));
        assertThat(refusal(settings)).isEmpty();
    }

    private static Map<String, String> privacy(String of) {
        String key = Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(UTF_8));
        return Map.of(of + "key-privacy.enabled", "true", of + "key-privacy.key", key);
    }

    private long nearHits(String cache) {
        return caches.statistics().get(cache).nearHits();
    }

    private void untilNear(String customer) throws Exception {
        until(() -> {
            long before = nearHits("balance-of-customer");
            accounts.balance(customer);
            return nearHits("balance-of-customer") > before;
        });
    }

    @Test
    void near_tagEvictedHereOrElsewhere_isNotServed() throws Exception {
        start(Map.of("near.enabled", "true", "near.max-staleness", "PT1H"));
        warm();
        untilNear("Ada");

        accounts.save(new Account("1", "Ada", 300));
        assertThat(accounts.balance("Ada")).isEqualTo(300); // at once
        accounts.change("1", "Ada", 400);
        untilNear("Ada");
        assertThat(accounts.balance("Ada")).isEqualTo(300);
        container.redis.set((container.prefix + ":%tags:customer:Ada").getBytes(UTF_8), "8 bytes.".getBytes(UTF_8));
        until(() -> accounts.balance("Ada") == 400); // as another node does it
    }

    @Test
    void near_keptWithoutTags_isNotServedToALookupThatHasThem() throws Exception {
        start(Map.of("near.enabled", "true", "near.max-staleness", "PT1H"));
        ConnectionCache<String, String> plain = caches.cache("by-hand", String.class, String.class);
        ConnectionCache<String, String> tagged = plain.tagged("customer:{key}");
        plain.put("Ada", "untagged");
        until(() -> {
            long before = nearHits("by-hand");
            plain.find("Ada");
            return nearHits("by-hand") > before;
        });

        assertThat(tagged.find("Ada")).isEmpty();
        tagged.put("Ada", "tagged");
        assertThat(tagged.find("Ada")).contains("tagged");
        caches.evictTags("customer:Ada");
        assertThat(tagged.find("Ada")).isEmpty();
    }
}
