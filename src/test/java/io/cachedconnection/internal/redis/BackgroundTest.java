package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** The threads of a store, which a caller may happen to start. */
class BackgroundTest {

    @Test
    void daemons_startedByACaller_inheritsNothingOfItsRequest() throws Exception {
        InheritableThreadLocal<String> request = new InheritableThreadLocal<>();
        request.set("of the caller");
        FutureTask<String> task = new FutureTask<>(request::get);
        Thread thread = Background.daemons("a test's").newThread(task);
        thread.start();

        assertThat(task.get()).isNull();
        assertThat(thread.isDaemon()).isTrue();
        request.remove();
    }
}
