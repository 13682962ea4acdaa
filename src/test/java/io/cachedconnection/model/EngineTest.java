package io.cachedconnection.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.model.Writer.Kind;
import io.cachedconnection.testing.MemoryStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real engines, one on each node, take the steps that the model says they take, and come to the same. */
@Tag("proof")
class EngineTest {

    @Test
    void schedules_oneReaderAndOneWriter_allGoAlike() {
        for (Kind kind : Kind.values()) {
            Setting plain = of(kind, Reader.plain("R1", 1), new Writer("W1", kind));
            Setting transactional = of(kind, Reader.inTransaction("R1", 1), new Writer("W1", kind));
            assertGoAlike("all of 1 + 1, " + kind, plain, Sample.all(plain));
            assertGoAlike("all of 1 in a transaction + 1, " + kind, transactional, Sample.all(transactional));
        }
    }

    private static Setting of(Kind kind, Party... parties) {
        return kind == Kind.EVICTS_TAG || kind == Kind.EVICTS_CACHE ? Setting.tagged(parties) : Setting.of(parties);
    }

    @Test
    void schedules_readersAndWritersOfTags_goAlike() {
        Setting setting = Setting.tagged(
                Reader.inTransaction("R1", 1),
                Reader.plain("R2", 1),
                new Writer("W1", Kind.EVICTS_TAG),
                new Writer("W2", Kind.PUTS),
                new Passing(0, 1, 0));
        assertGoAlike("2 + 2 with tags", setting, Sample.of(setting).schedules());
    }

    @Test
    void schedules_readerWriterAndEvictionOfAll_goAlike() {
        Setting setting = Setting.of(
                Reader.inTransaction("R1", 1),
                new Writer("W1", Kind.EVICTS),
                new Writer("A1", Kind.EVICTS_ALL),
                new Passing(0, 1, 1));
        assertGoAlike("1 + 1 + all", setting, Sample.of(setting).schedules());
    }

    @Test
    void schedules_twoReadersAndTwoWriters_goAlike() {
        Setting setting = Setting.of(
                Reader.inTransaction("R1", 1),
                Reader.plain("R2", 1),
                new Writer("W1", Kind.EVICTS),
                new Writer("W2", Kind.PUTS),
                new Passing(0, 1, 0));
        assertGoAlike("2 + 2", setting, Sample.of(setting).schedules());
    }

    private static void assertGoAlike(String title, Setting setting, List<List<Step>> schedules) {
        long start = System.nanoTime();
        schedules.forEach(schedule -> assertGoesAlike(setting, schedule));
        Report.line("engines, " + title + ": " + schedules.size() + " schedules", start);
    }

    private static void assertGoesAlike(Setting setting, List<Step> schedule) {
        World model = World.of(setting);
        MemoryStore store = new MemoryStore(model::now, Times.MAX_TRANSACTION_AGE);
        Map<String, Node> nodes = nodes(setting, store, model);
        List<String> done = new ArrayList<>();
        Map<String, String> answers = new HashMap<>();
        for (Step step : schedule) {
            String expected = model.take(step);
            done.add(step + " " + expected);
            Node node = nodes.get(step.party());
            if (node != null) {
                assertThat(node.take(step.name())).as("%s", done).isEqualTo(expected);
                assertThat(model.state(store)).as("%s", done).isEqualTo(model.storeState());
                assertThat(node.answer())
                        .as("%s", done)
                        .isIn("", "thrown", answers.merge(step.party(), expected, EngineTest::last));
            }
        }
        nodes.values().forEach(Node::crash);
    }

    /** The last version that a reader got; that is what its caller gets. */
    private static String last(String before, String result) {
        return result.startsWith("version") ? result : before;
    }

    private static Map<String, Node> nodes(Setting setting, MemoryStore store, World model) {
        Map<String, Node> nodes = new HashMap<>();
        for (Party party : setting.parties()) {
            Node node = new Node(party.name(), store, model);
            if (party instanceof Reader reader) {
                node.read(reader.isTransactional());
                nodes.put(party.name(), node);
            } else if (party instanceof Writer writer) {
                node.write(writer.kind());
                nodes.put(party.name(), node);
            }
        }
        return nodes;
    }
}
