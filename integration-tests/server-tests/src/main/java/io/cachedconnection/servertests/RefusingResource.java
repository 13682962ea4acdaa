package io.cachedconnection.servertests;

import io.cachedconnection.servertests.InTransaction.Work;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/** A second resource of a transaction, which refuses to commit when it is asked; before that it does some work. */
final class RefusingResource implements XAResource {

    private final Work work;
    private @Nullable Throwable failure;

    RefusingResource(Work work) {
        this.work = work;
    }

    /** What the work threw, or that it was never asked; null if all was well. */
    @Nullable Throwable failure() {
        return failure;
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        try {
            work.run();
        } catch (Exception | AssertionError e) {
            failure = e;
        }
        throw new XAException(XAException.XA_RBROLLBACK);
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        throw new XAException(onePhase ? XAException.XA_RBROLLBACK : XAException.XAER_PROTO);
    }

    @Override
    public void rollback(Xid xid) {
        // there is nothing to be undone
    }

    @Override
    public void start(Xid xid, int flags) {
        // any transaction is welcome
    }

    @Override
    public void end(Xid xid, int flags) {
        // and may go again
    }

    @Override
    public void forget(Xid xid) {
        // nothing is kept
    }

    @Override
    public Xid[] recover(int flag) {
        return new Xid[0];
    }

    @Override
    public boolean isSameRM(XAResource other) {
        return other == this;
    }

    @Override
    public int getTransactionTimeout() {
        return 0;
    }

    @Override
    public boolean setTransactionTimeout(int seconds) {
        return false;
    }
}
