package io.cachedconnection;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.message.AccessMessage;
import io.cachedconnection.internal.message.ConfigMessage;
import io.cachedconnection.internal.message.ConsoleMessage;
import io.cachedconnection.internal.message.CoreMessage;
import io.cachedconnection.internal.message.LifeMessage;
import io.cachedconnection.internal.message.Message;
import io.cachedconnection.internal.message.MethodMessage;
import io.cachedconnection.internal.message.ProviderMessage;
import io.cachedconnection.internal.message.StoreMessage;
import io.cachedconnection.internal.message.TelemetryMessage;
import io.cachedconnection.internal.message.ValueMessage;
import io.cachedconnection.testing.Forms;
import io.cachedconnection.testing.Seeds;
import io.cachedconnection.testing.TestOutput;
import io.cachedconnection.testing.TestRedis;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * Looks for {@link Seeds} in all that the tests have logged and printed. Maven runs it after them, alone, by its name; after
 * a part of them it does not ask for what only the whole has.
 */
class LogScan {

    private static final int FEWEST_DEBUG_LINES = 1_000;

    private final TestOutput output = TestOutput.ofThisBuild();

    /** What the tests print goes to files, but where they found Redis is to be seen. */
    @AfterAll
    static void sayWhereRedisCameFrom() {
        TestOutput.ofThisBuild()
                .printed()
                .filter(line -> line.startsWith(TestRedis.SAID))
                .distinct()
                .forEach(System.out::println);
    }

    @Test
    void log_ofTheTests_holdsNoSeed() {
        Forms seeds = Forms.of(Seeds.WORD);

        assertThat(output.lines().filter(line -> !seeds.in(line.text()).isEmpty()))
                .isEmpty();
    }

    @Test
    @DisabledIfSystemProperty(named = "log.of.tests.is.whole", matches = "false")
    void log_ofAllTests_holdsTheCanaryInEachForm() {
        Forms canary = Forms.of(CanaryTest.WORD);

        assertThat(output.logged().map(canary::in).filter(forms -> !forms.isEmpty()))
                .contains(canary.names())
                .hasSize(3);
        assertThat(output.printed().map(canary::in).filter(forms -> !forms.isEmpty()))
                .hasSize(2);
    }

    @Test
    @DisabledIfSystemProperty(named = "log.of.tests.is.whole", matches = "false")
    void log_ofAllTests_holdsDebugLines() {
        assertThat(output.logged().filter(line -> line.startsWith("FINE io.cachedconnection")))
                .hasSizeGreaterThan(FEWEST_DEBUG_LINES);
    }

    /** A message that is missing here is one that no test has made with seeds around; see {@code ScannedLog}. */
    @Test
    @DisabledIfSystemProperty(named = "log.of.tests.is.whole", matches = "false")
    void log_ofAllTests_holdsEveryMessage() {
        List<String> lines =
                output.logged().filter(line -> line.contains("CC-")).toList();

        assertThat(messages().map(Message::id).filter(id -> lines.stream().noneMatch(line -> line.contains(id + " "))))
                .isEmpty();
    }

    private static Stream<Message> messages() {
        return Stream.<Message[]>of(
                        AccessMessage.values(),
                        ConfigMessage.values(),
                        ConsoleMessage.values(),
                        CoreMessage.values(),
                        LifeMessage.values(),
                        MethodMessage.values(),
                        ProviderMessage.values(),
                        StoreMessage.values(),
                        TelemetryMessage.values(),
                        ValueMessage.values())
                .flatMap(Stream::of);
    }
}
