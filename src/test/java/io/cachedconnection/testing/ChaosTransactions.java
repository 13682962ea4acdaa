package io.cachedconnection.testing;

import io.cachedconnection.internal.engine.write.Transaction;
import io.cachedconnection.internal.engine.write.TransactionScope;
import java.time.Duration;

/**
 * Transactions that cannot be asked, or take their time. Their garbage is what nobody knows or what is far too old: one
 * that denies itself, or what was attached to it, cannot be told from one that is not there.
 */
public final class ChaosTransactions implements TransactionScope {

    private final TransactionScope real;
    private final Chaos chaos;

    public ChaosTransactions(TransactionScope real, Chaos chaos) {
        this.real = real;
        this.chaos = chaos;
    }

    @Override
    public Transaction current() {
        Transaction current = chaos.around(real::current, found -> found);
        return current == null ? null : new Chaotic(current);
    }

    @Override
    public boolean isEnding() {
        return chaos.around(real::isEnding, ending -> true);
    }

    private final class Chaotic implements Transaction {

        private final Transaction one;

        Chaotic(Transaction one) {
            this.one = one;
        }

        @Override
        public boolean isCurrent() {
            return chaos.around(one::isCurrent, is -> is);
        }

        @Override
        public boolean isRollbackOnly() {
            return chaos.around(one::isRollbackOnly, is -> is);
        }

        @Override
        public Duration age() {
            return chaos.around(one::age, age -> age == null ? Duration.ofDays(1000) : null);
        }

        @Override
        public Object attachment() {
            return chaos.around(one::attachment, attached -> attached);
        }

        @Override
        public void attach(Completion completion) {
            chaos.around(
                    () -> {
                        one.attach(completion);
                        return true;
                    },
                    attached -> attached);
        }
    }
}
