package io.cachedconnection.testing;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** The only resource of a transaction, so that it is committed in one phase. */
public final class OneResource implements XAResource {

    /** What its commit does. */
    public interface Commit {
        void run() throws XAException;
    }

    private final Commit commit;

    public OneResource(Commit commit) {
        this.commit = commit;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        commit.run();
    }

    @Override
    public void end(Xid xid, int flags) {}

    @Override
    public void forget(Xid xid) {}

    @Override
    public int getTransactionTimeout() {
        return 0;
    }

    @Override
    public boolean isSameRM(XAResource other) {
        return other == this;
    }

    @Override
    public int prepare(Xid xid) {
        return XA_OK;
    }

    @Override
    public Xid[] recover(int flag) {
        return new Xid[0];
    }

    @Override
    public void rollback(Xid xid) {}

    @Override
    public boolean setTransactionTimeout(int seconds) {
        return false;
    }

    @Override
    public void start(Xid xid, int flags) {}
}
