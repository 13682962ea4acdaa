package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The threads of a store, which a caller may happen to start, and tasks for which there is no thread for a while. */
class StoreExecutorsTest {

    @Test
    void daemons_startedByACaller_inheritsNothingOfItsRequest() throws Exception {
        InheritableThreadLocal<String> request = new InheritableThreadLocal<>();
        request.set("of the caller");
        FutureTask<String> task = new FutureTask<>(request::get);
        Thread thread = StoreExecutors.daemons("a test's").newThread(task);
        thread.start();

        assertThat(task.get()).isNull();
        assertThat(thread.isDaemon()).isTrue();
        request.remove();
    }

    @Test
    void onceAtATime_noThreadToBeHad_isDoneTheNextTime() {
        AtomicInteger missing = new AtomicInteger(1);
        List<String> done = new ArrayList<>();
        Executor threads = task -> {
            if (missing.getAndDecrement() > 0) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            task.run();
        };
        Runnable look = StoreExecutors.onceAtATime(() -> done.add("looked"), threads);
        look.run();
        assertThat(done).isEmpty();
        look.run();

        assertThat(done).containsExactly("looked");
    }
}
