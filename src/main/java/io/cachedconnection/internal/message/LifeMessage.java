package io.cachedconnection.internal.message;

/** Messages about the start and the environment of the application; ids CC-05nn. */
public enum LifeMessage implements Message {
    REFUSED("CC-0501 cached-connection cannot start: %s problem(s).%n%s"),
    STARTED("CC-0502 cached-connection is ready: Redis at %s, %s cached method(s) in %s cache(s); near cache: %s;"
            + " encryption: %s; private keys: %s."),
    UNLOADABLE("CC-0503 Bean class %s could not be read completely, so none of its methods is cached or evicts."),
    NO_TRANSACTIONS(
            "CC-0504 Jakarta Transactions is present, but there is no TransactionSynchronizationRegistry, neither"
                    + " at java:comp/TransactionSynchronizationRegistry nor as a bean. So writes do not wait for the"
                    + " commit, and values that are uncommitted or rolled back may be served from the cache. Make the"
                    + " registry a bean, unless nothing here uses Jakarta Transactions. Other transactions need a unit of"
                    + " work, see docs/how-to/units-of-work.md."),
    UNKNOWN_WRITE("CC-0506 %s writes, but was not seen at deployment, so what it evicts is unknown. The call is"
            + " refused. Put the annotation on a method of a bean class."),
    LOCAL_TRANSACTIONS(
            "CC-0509 Persistence unit %s has transactions of its own (RESOURCE_LOCAL), and %s method(s) of the"
                    + " application evict or put. This library does not see those transactions, so values that are"
                    + " uncommitted or rolled back may be served from the cache. Open a unit of work around each"
                    + " transaction, see docs/how-to/units-of-work.md."),
    NO_JAKARTA_TRANSACTIONS(
            "CC-0510 Jakarta Transactions is absent, and %s method(s) of the application evict or put. Each"
                    + " counts as committed when it returns. If it is part of a transaction that ends later, open a unit of"
                    + " work around that transaction, see docs/how-to/units-of-work.md.");

    private final String entry;

    LifeMessage(String entry) {
        this.entry = entry;
    }

    @Override
    public String entry() {
        return entry;
    }
}
