package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.EvictionRefusedException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an operator sets for a whole server. */
class ServerWideSettingsTest {

    private static final String NOWHERE = "redis://127.0.0.1:1";

    private static RunningContainer started(Map<String, String> settings) {
        return new RunningContainer("t" + UUID.randomUUID(), settings, Shelf.class);
    }

    @Test
    void deployment_settingForACacheOfAnotherApplication_isNotRefused() {
        try (RunningContainer container = started(Map.of("cache.of-another-application.enabled", "false"))) {
            Shelf shelf = container.bean(Shelf.class);
            shelf.rename(1L, "Solaris");

            assertThat(shelf.find(1)).map(Shelf.Volume::title).contains("Solaris");
            assertThat(container.stored("volumes:1")).contains("Solaris");
        }
    }

    /** In FAIL, an application without its Redis writes nothing, unless it has given Redis up. */
    @Test
    void write_redisAwayAndGivenUp_isNotRefused() {
        Map<String, String> settings = new HashMap<>(RunningContainer.refusingWrites(NOWHERE));
        settings.put("enabled", "false");
        try (RunningContainer container = started(settings)) {
            Shelf shelf = container.bean(Shelf.class);
            assertThatThrownBy(() -> shelf.rename(1L, "Solaris")).isInstanceOf(EvictionRefusedException.class);
        }
        settings.put("evict.when-disabled", "false");
        try (RunningContainer container = started(settings)) {
            Shelf shelf = container.bean(Shelf.class);
            shelf.rename(1L, "Solaris");

            assertThat(shelf.find(1)).map(Shelf.Volume::title).contains("Solaris");
        }
    }
}
