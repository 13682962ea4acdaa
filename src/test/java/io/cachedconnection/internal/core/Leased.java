package io.cachedconnection.internal.core;

/** What is below the sharing of loads: asks the store for the lease, loads, and fills. */
record Leased(RowStore store) implements Layer {

    @Override
    public <V> Answer<V> read(Read<V> read) throws Exception {
        int token = store.acquire();
        Answer<V> answer = Answer.loaded(read.load());
        return store.fill(token, (Integer) answer.value()) ? answer.accepted() : answer;
    }
}
