package io.cachedconnection.internal.engine.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.provider.ConnectionProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How keys begin, and how long they may be. */
class KeySpaceTest {

    @Test
    void key_ofProviderConnection_isThatOfTheOriginal() {
        assertThat(KeySpace.of("provider-connection", "").key("x").text()).isEqualTo("provider:conn:x");
        assertThat(KeySpace.of("provider-connection", "app").key("x").text()).isEqualTo("app:provider:conn:x");
    }

    @Test
    void key_ofAnyOtherCache_beginsWithItsName() {
        assertThat(KeySpace.of("books", "").key("42").text()).isEqualTo("books:42");
        assertThat(KeySpace.of("books", "app").key("a:b").text()).isEqualTo("app:books:a:b");
    }

    @Test
    void key_thatWouldBeOfACacheOfAnotherApplication_isMarked() {
        assertThat(KeySpace.of("shop", "").key("books:42").text()).isEqualTo("shop:%.books:42");
        assertThat(KeySpace.of("shop", "").key("books.pl:42").text()).isEqualTo("shop:books.pl:42");
        assertThat(KeySpace.of("books", "shop:eu").key("42").text()).isEqualTo("shop:eu:%.books:42");
        assertThat(KeySpace.of("conn", "provider").key("42").text()).isEqualTo("provider:%.conn:42");
        assertThat(KeySpace.of("eu", "shop").key("provider:conn:42").text()).isEqualTo("shop:eu:%70rovider:conn:42");
    }

    /** Prefixes, caches and parts of a few words that run into each other as often as they can. */
    @Test
    void key_ofAnyPrefixCacheAndParts_isOfNoOther() {
        List<String> words = List.of("provider", "conn", "shop", "x.y", "");
        List<String> texts = new ArrayList<>();
        texts.addAll(words);
        words.forEach(a -> words.forEach(b -> texts.add(a + ":" + b)));
        words.forEach(a -> words.forEach(b -> words.forEach(c -> texts.add(a + ":" + b + ":" + c))));
        List<String> prefixes = texts.stream()
                .filter(text -> text.matches("([a-z.]+(:[a-z.]+)?)?|.*provider:conn.*[a-z]"))
                .toList();
        Map<String, String> taken = new HashMap<>();
        List<KeySpace> spaces = prefixes.stream()
                .flatMap(prefix ->
                        Stream.of("provider-connection", "conn", "shop", "eu").map(cache -> KeySpace.of(cache, prefix)))
                .toList();
        for (KeySpace space : spaces) {
            take(taken, space.fence(), "cache " + space.prefix());
            for (String parts : texts) {
                EntryKey key = space.key(parts);
                take(taken, key.text(), space.prefix() + " | " + parts);
                take(taken, key.fence(), space.prefix() + " | " + parts);
                for (KeySpace other : spaces) {
                    boolean isOwn = other.equals(space);
                    assertThat(other.holds(key.text()))
                            .as("%s holds %s", other, key.text())
                            .isEqualTo(isOwn);
                    assertThat(other.holdsFence(key.fence())).isEqualTo(isOwn);
                    assertThat(other.holdsFence(space.fence())).isFalse();
                }
            }
        }
    }

    private static void take(Map<String, String> taken, String text, String by) {
        assertThat(taken.put(text, by)).as("%s is that of %s, too", text, by).isNull();
    }

    /** Without a prefix, only a text that could be another application's prefix and cache has the mark. */
    @Test
    void key_withoutPrefix_isMarkedIfItsFirstWordCouldBeACache() {
        KeySpace space = KeySpace.of("shop", "");
        String longest = "a".repeat(64);

        for (String parts : List.of("b:1", "B-_9:1", "9:", longest + ":1", "a_:b:c")) {
            assertThat(space.key(parts).text()).isEqualTo("shop:%." + parts);
            assertThat(space.holds("shop:%." + parts)).isTrue();
            assertThat(space.holds("shop:" + parts)).isFalse();
        }
        for (String parts :
                List.of("", "b", longest, longest + "a:1", ":1", "-b:1", "_b:1", "b c:1", "\u00e9:1", "b\u00e9:1")) {
            assertThat(space.key(parts).text()).isEqualTo("shop:" + parts);
            assertThat(space.holds("shop:" + parts)).isTrue();
            assertThat(space.holds("shop:%." + parts)).isFalse();
        }
    }

    @Test
    void key_atTheLimit_isKeptWhole() {
        String parts = "x".repeat(512 - "books:".length());

        assertThat(KeySpace.of("books", "").key(parts).text()).isEqualTo("books:" + parts);
    }

    @Test
    void key_overTheLimit_endsInADigestOfTheWhole() {
        KeySpace books = KeySpace.of("books", "");
        String one = books.key("ż".repeat(100_000) + "1").text();
        String other = books.key("ż".repeat(100_000) + "2").text();

        assertThat(one).isNotEqualTo(other).startsWith("books:żż").matches("(?s).*%~[0-9a-f]{64}");
        assertThat(one.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(512);
    }

    @Test
    void key_printed_doesNotShowItsText() {
        assertThat(KeySpace.of("books", "").key("secret")).asString().doesNotContain("secret");
    }

    @Test
    void servers_areNotedBesideTheFence_andAreNeitherValueNorFence() {
        for (KeySpace space : List.of(
                KeySpace.of("books", ""),
                KeySpace.of("books", "shop"),
                KeySpace.of("books", "shop:eu"),
                KeySpace.of(ConnectionProfile.CACHE, "shop"))) {
            assertThat(space.servers()).isEqualTo(space.fence().replace("}:fence", "}:servers"));
            assertThat(space.holds(space.servers())).isFalse();
            assertThat(space.holdsFence(space.servers())).isFalse();
        }
    }

    @Test
    void commonStart_ofSomeCaches_isWhatAllTheirKeysBeginWith() {
        KeySpace books = KeySpace.of("books", "shop");
        KeySpace users = KeySpace.of("users", "shop");

        assertThat(KeySpace.commonStart(List.of(books))).isEqualTo("shop:books:");
        assertThat(KeySpace.commonStart(List.of(books, users))).isEqualTo("shop:");
        assertThat(KeySpace.commonStart(List.of(books, KeySpace.of("books", ""))))
                .isEmpty();
    }
}
