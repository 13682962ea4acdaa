package io.cachedconnection.se;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.cachedconnection.se.Notes.Note;
import io.cachedconnection.servertests.OwnedRedis;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The start, the end, and Redis away in between. */
class LifeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final OwnedRedis redis = new OwnedRedis();

    @BeforeEach
    void start() {
        redis.start();
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("cached-connection"))
                .toList();
    }

    @Test
    void redis_awayAndBack_isMissedByNobody() {
        try (RunningApplication application = new RunningApplication(redis.uri())) {
            Notes notes = application.bean(Notes.class);
            notes.change(new Note(1, "one"));
            assertThat(notes.find(1L)).isPresent();

            redis.stop();
            assertThat(notes.find(1L)).contains(new Note(1, "one"));
            notes.save(new Note(1, "other"));
            assertThat(notes.find(1L)).contains(new Note(1, "other"));

            redis.start();
            await().atMost(PATIENCE).until(() -> {
                int loads = notes.loads();
                assertThat(notes.find(1L)).contains(new Note(1, "other"));
                return notes.loads() == loads;
            });
        }
    }

    @Test
    void container_closed_leavesNoThreadAndNoConnection() {
        try (RunningApplication application = new RunningApplication(redis.uri())) {
            application.bean(Notes.class).find(1L);
            assertThat(threads()).isNotEmpty();
            assertThat(redis.clients()).isGreaterThan(1); // the application has one of its own
        }

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(threads()).isEmpty());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(redis.clients()).isZero());
    }

    @Test
    void container_startedUsedAndClosed_saysOnlyThatTransactionsAreAbsent() {
        try (Log log = new Log()) {
            try (RunningApplication application = new RunningApplication(redis.uri())) {
                Notes notes = application.bean(Notes.class);
                notes.save(new Note(1, "one"));
                notes.find(1L);
            }
            assertThat(log.troubles()).singleElement().asString().contains("CC-0510");
            assertThat(log.ofLibrary())
                    .filteredOn(said ->
                            !said.endsWith("are written and read directly.")) // once for each type, at debug level
                    .filteredOn(said -> !said.startsWith("Lookup in cache ")) // one for each, at debug and trace level
                    .satisfiesExactly(
                            said -> assertThat(said).startsWith("CC-0510"),
                            said -> assertThat(said).startsWith("CC-0502 cached-connection is ready"));
        }
    }

    @Test
    void classPath_hasNothingOfAServer() {
        assertThat(Stream.of(
                        "jakarta.transaction.TransactionScoped",
                        "jakarta.transaction.TransactionSynchronizationRegistry",
                        "jakarta.ejb.Stateless",
                        "jakarta.servlet.Servlet",
                        "jakarta.persistence.Entity",
                        "org.eclipse.microprofile.health.HealthCheck"))
                .allSatisfy(name -> assertThat(catchThrowable(() -> Class.forName(name)))
                        .isInstanceOf(ClassNotFoundException.class));
    }

    @Test
    @SuppressWarnings("resource") // it does not start
    void start_wrongAnnotations_isRefusedWithAllOfThem() {
        Throwable refusal =
                catchThrowable(() -> new RunningApplication(redis.uri(), Wrong.class, WrongProducer.class).close());

        String said = Stream.iterate(refusal, cause -> cause != null, Throwable::getCause)
                .map(cause -> cause.getClass().getName() + ": " + cause.getMessage())
                .collect(joining("\n"));
        assertThat(said)
                .contains(
                        "CC-0501",
                        "CC-0101 Wrong.returnsNothing(",
                        "CC-0106 Wrong.unknownName(",
                        "CC-0129 Wrong.writesNowhere(");
        assertThat(threads()).isEmpty();
    }

    @Test
    @SuppressWarnings("resource") // it does not start
    void start_producerOfWhatIsNotIntercepted_isRefused() {
        Throwable refusal = catchThrowable(() -> new RunningApplication(redis.uri(), WrongProducer.class).close());

        assertThat(refusal).hasStackTraceContaining("CC-0145 WrongProducer.wrong() produces a Wrong");
    }
}
