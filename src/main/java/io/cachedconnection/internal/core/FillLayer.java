package io.cachedconnection.internal.core;

/** Stores what the next layer answers. */
final class FillLayer implements Layer {

    private final Entries entries;
    private final Layer next;

    FillLayer(Entries entries, Layer next) {
        this.entries = entries;
        this.next = next;
    }

    @Override
    public <V> Answer<V> read(Read<V> read) throws Exception {
        Answer<V> answer = next.read(read);
        entries.put(read.plan(), read.key(), answer.value(), read.budget());
        return answer;
    }
}
