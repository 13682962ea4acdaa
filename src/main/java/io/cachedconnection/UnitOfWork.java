package io.cachedconnection;

import org.jspecify.annotations.Nullable;

/**
 * The boundary of a transaction that Jakarta Transactions does not know: one that the program itself begins and commits, by
 * {@code EntityTransaction}, {@code Connection.commit()} or Spring. Inside a unit of work the cache keeps the same promise as
 * in a JTA transaction. Open one with {@link ConnectionCaches#unitOfWork()} before the transaction begins, and say what
 * became of it. In a JTA transaction, and where each statement commits by itself, you need none.
 *
 * <pre>{@code
 * try (UnitOfWork unit = caches.unitOfWork()) {
 *     entities.getTransaction().begin();
 *     orders.ship(id); // has @EvictConnection
 *     entities.getTransaction().commit();
 *     unit.committed();
 * }
 * }</pre>
 *
 * <ul>
 *   <li>What the thread that opened it evicts or puts, by annotation or programmatically, is announced in Redis at once. Until the unit
 *       ends, lookups of these keys read the database, on all nodes; those of this thread see its own writes.
 *   <li>What its lookups load is stored when it is committed, unless a write came in between.
 *   <li>{@link #committed()} ends it. {@link #rolledBack()} ends it as well: what it wrote is evicted all the same, and what it
 *       put or loaded is not stored. Closed without either, the commit may still be under way: what it wrote is
 *       evicted, and not cached until {@code max-transaction-age} has passed. {@link ConnectionCaches#inUnitOfWork(Work)} spares the
 *       keys after an exception that leaves no doubt.
 *   <li>With {@code evict.on-failure=FAIL} the write inside is refused with {@link EvictionRefusedException}, before the commit;
 *       roll back then.
 * </ul>
 *
 * <p>A unit that is opened inside another one joins it: what it wrote is over when the outer one is, and if either is not
 * committed, nothing of both is stored. While a JTA transaction is active as well, evictions belong to both, puts only evict,
 * and lookups read the database. What other threads do is no part of it. A unit may be ended by another thread. Keep it
 * shorter than {@code max-transaction-age}: an announcement lasts no longer.
 */
public interface UnitOfWork extends AutoCloseable {

    /**
     * Work in a unit of work: it begins a transaction and returns when that is committed.
     *
     * @param <T> what it returns
     * @param <E> what it may throw
     */
    @FunctionalInterface
    interface Work<T, E extends Exception> {

        /**
         * Does it.
         *
         * @return what the caller gets; null if there is nothing
         * @throws E if the transaction is not committed, or may not be
         */
        @Nullable T run() throws E;
    }

    /**
     * The same without a result.
     *
     * @param <E> what it may throw
     */
    @FunctionalInterface
    interface Task<E extends Exception> {

        /**
         * Does it.
         *
         * @throws E if the transaction is not committed, or may not be
         */
        void run() throws E;
    }

    /**
     * Says that the commit has returned, and ends the unit. What it wrote is evicted, and what it put and loaded is stored.
     *
     * @throws IllegalStateException if the unit has ended already: another transaction needs another unit
     */
    void committed();

    /**
     * Says that the transaction was rolled back, and ends the unit. Not for a commit that has thrown: close the unit then.
     *
     * @throws IllegalStateException if the unit has ended already
     */
    void rolledBack();

    /** Ends the unit, if it has not ended: what became of its transaction is unknown. Never throws. */
    @Override
    void close();
}
