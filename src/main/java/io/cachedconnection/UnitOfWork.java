package io.cachedconnection;

import org.jspecify.annotations.Nullable;

/**
 * Marks the boundary of a transaction that Jakarta Transactions does not manage: one that the program begins and commits by
 * {@code EntityTransaction}, {@code Connection.commit()} or Spring. Inside a unit of work the cache gives the same guarantees
 * as in a JTA transaction. Open it with {@link ConnectionCaches#unitOfWork()} before the transaction begins, and report the
 * outcome. A JTA transaction, or a statement that commits by itself, needs no unit of work.
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
 *   <li>Evictions and puts of the thread that opened the unit, annotated or programmatic, are announced in Redis at once. Until
 *       the unit ends, lookups of these keys on all nodes read the database; lookups of this thread see its own writes.
 *   <li>Values that its lookups load are stored when the unit is committed, unless a write overlapped the load.
 *   <li>{@link #committed()} ends the unit. {@link #rolledBack()} ends it as well: the written keys are still evicted, and puts
 *       and loads are not stored. If the unit is closed without either, the commit may still be under way: the written keys are
 *       evicted, and not cached until {@code max-transaction-age} has passed. {@link ConnectionCaches#inUnitOfWork(Work)}
 *       avoids this wait if the exception proves that nothing was committed.
 *   <li>With {@code evict.on-failure=FAIL}, a write inside the unit is refused with {@link EvictionRefusedException} before the
 *       commit; roll back then.
 * </ul>
 *
 * <p>A unit that is opened inside another one joins it: its writes end with the outer unit, and if either is not committed,
 * nothing of both is stored. While a JTA transaction is active as well, evictions belong to both, puts only evict, and lookups
 * read the database. Work of other threads is not part of the unit, but any thread may end it. Keep the unit shorter than
 * {@code max-transaction-age}, because an announcement lasts no longer.
 */
public interface UnitOfWork extends AutoCloseable {

    /**
     * Work in a unit of work: it begins a transaction and returns when the transaction is committed.
     *
     * @param <T> the type of the result
     * @param <E> the exception that it may throw
     */
    @FunctionalInterface
    interface Work<T, E extends Exception> {

        /**
         * Runs the work.
         *
         * @return the result for the caller; null if there is none
         * @throws E if the transaction is not committed, or may not be
         */
        @Nullable T run() throws E;
    }

    /**
     * Work without a result in a unit of work: it begins a transaction and returns when the transaction is committed.
     *
     * @param <E> the exception that it may throw
     */
    @FunctionalInterface
    interface Task<E extends Exception> {

        /**
         * Runs the work.
         *
         * @throws E if the transaction is not committed, or may not be
         */
        void run() throws E;
    }

    /**
     * Reports that the commit has returned, and ends the unit. Its writes are evicted; its puts and loads are stored.
     *
     * @throws IllegalStateException if the unit has already ended: open one unit for each transaction
     */
    void committed();

    /**
     * Reports that the transaction was rolled back, and ends the unit. Do not call it after a commit that has thrown: close the
     * unit then.
     *
     * @throws IllegalStateException if the unit has already ended
     */
    void rolledBack();

    /** Ends the unit if it has not ended; the outcome of its transaction then counts as unknown. Never throws. */
    @Override
    void close();
}
