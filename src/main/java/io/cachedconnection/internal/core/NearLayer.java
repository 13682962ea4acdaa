package io.cachedconnection.internal.core;

/** Answers from the memory of this node. */
final class NearLayer implements Layer {

    private final Layer next;

    NearLayer(Layer next) {
        this.next = next;
    }

    @Override
    public <V> Answer<V> read(Read<V> read) throws Exception {
        Answer<V> answer = read.plan().near(read);
        return answer == null ? next.read(read) : answer;
    }
}
