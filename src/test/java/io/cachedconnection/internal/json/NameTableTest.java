package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The table of names: what it gives is what stands in the text, whatever it has met before. */
class NameTableTest {

    private static final int MORE_THAN_PLACES = 1000;

    private final NameTable table = new NameTable();

    private String name(String text) {
        byte[] around = ("{\"" + text + "\":0}").getBytes(UTF_8);
        return table.name(around, 2, around.length - 4);
    }

    @Test
    void name_moreThanItHasPlaces_isAlwaysTheTexts() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < MORE_THAN_PLACES; i++) {
                assertThat(name("name" + i)).isEqualTo("name" + i);
            }
        }
    }

    @Test
    void name_metBefore_isNotMadeAnew() {
        assertThat(name("alias")).isSameAs(name("alias"));
    }

    @Test
    void name_beginsLikeAKnownOne_isAnother() {
        name("alias");

        assertThat(name("alia")).isEqualTo("alia");
        assertThat(name("aliass")).isEqualTo("aliass");
        assertThat(name("")).isEmpty();
    }

    @Test
    void name_beyondAsciiOrLong_isTheTexts() {
        String name = "zażółć \uD83D\uDE00".repeat(20);

        assertThat(name("ł")).isEqualTo("ł").isSameAs(name("ł"));
        assertThat(name(name)).isEqualTo(name);
    }

    @Test
    void name_differsInOneByteFromAKnownOne_isAnother() {
        for (int length = 1; length < 30; length++) {
            String known = "n".repeat(length);
            for (int i = 0; i < length; i++) {
                String other = known.substring(0, i) + "m" + known.substring(i + 1);

                assertThat(name(known)).isEqualTo(known);
                assertThat(name(other)).isEqualTo(other);
            }
        }
    }

    @Test
    void name_atTheEndOfTheText_isTheSame() {
        for (int length = 0; length < 30; length++) {
            byte[] text = "n".repeat(length).getBytes(UTF_8);

            assertThat(table.name(text, 0, length)).isSameAs(name("n".repeat(length)));
        }
    }
}
