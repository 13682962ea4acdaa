package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.CacheCodec;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.ConnectionCaches;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which codec each cache has, as programs are told. */
public class CodecChoiceTest {

    public record Title(String text) {}

    public static class Draft {
        public String text;
    }

    @ApplicationScoped
    static class Titles {

        @CachedConnection(cache = "titles")
        public Title find(int number) {
            return new Title("t" + number);
        }

        @CachedConnection(cache = "drafts")
        public Draft draft(int number) {
            return new Draft();
        }
    }

    @Test
    void codecs_ofEachCache_saysWhichAndWhy() {
        try (RunningContainer container = new RunningContainer(Titles.class)) {
            assertThat(container.bean(Titles.class).find(1)).isEqualTo(new Title("t1"));
            Map<String, CacheCodec> codecs =
                    container.bean(ConnectionCaches.class).codecs();

            assertThat(codecs.get("titles")).isEqualTo(new CacheCodec(Title.class.getName(), true, ""));
            assertThat(codecs.get("drafts").direct()).isFalse();
            assertThat(codecs.get("drafts").reason()).isEqualTo("Draft.text is no property with a getter and a setter");
        }
    }

    @Test
    void codecs_switchedOff_saysSo() {
        System.setProperty("cached-connection.codec", "jsonb");
        try (RunningContainer container = new RunningContainer(Titles.class)) {
            assertThat(container.bean(Titles.class).find(1)).isEqualTo(new Title("t1"));
            assertThat(container.bean(ConnectionCaches.class).codecs().get("titles"))
                    .isEqualTo(new CacheCodec(Title.class.getName(), false, "its setting is codec=JSONB"));
        } finally {
            System.clearProperty("cached-connection.codec");
        }
    }
}
