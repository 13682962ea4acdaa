package io.cachedconnection.internal.tls;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what happens to TLS. */
final class NotedTls implements TlsEvents {

    final List<String> notes = new CopyOnWriteArrayList<>();

    @Override
    public void kept(TlsException why) {
        notes.add("kept " + why.part() + ": " + why.reason());
    }

    @Override
    public void expired(Instant end) {
        notes.add("expired " + end);
    }
}
