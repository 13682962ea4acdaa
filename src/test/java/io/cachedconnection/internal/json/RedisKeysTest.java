package io.cachedconnection.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Names of an object: no name twice, be they few or many. */
class RedisKeysTest {

    private static final int MANY = 5000;

    private final JsonValidator.Names names = new JsonValidator.Names();

    @Test
    void add_manyNames_takesEachOnce() {
        for (int i = 0; i < MANY; i++) {
            assertThat(names.add("name" + i)).as("name%d", i).isTrue();
        }
        for (int i = 0; i < MANY; i++) {
            assertThat(names.add("name" + i)).as("name%d again", i).isFalse();
        }
    }

    @Test
    void add_fewNames_takesEachOnce() {
        assertThat(names.add("one")).isTrue();
        assertThat(names.add("other")).isTrue();
        assertThat(names.add("one")).isFalse();
    }
}
