package io.cachedconnection.internal.cdi;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.EvictingEntityListener;
import io.cachedconnection.NotInKey;
import io.cachedconnection.PutConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.Id;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A repository whose lists and sums are evicted by tags. */
@ApplicationScoped
public class Accounts {

    /** What it holds. */
    public record Account(String id, String customer, long cents) {

        /** As a lazy property does when its session is closed. */
        public String lazyCustomer() {
            if (customer.startsWith("lazy")) {
                throw new IllegalStateException("lazy");
            }
            return customer;
        }
    }

    /** The row of an account. */
    @Entity
    @EntityListeners(EvictingEntityListener.class)
    @EvictConnection(tags = "customer:{customer}")
    public static class Row {
        @Id
        public String id;

        public String customer;
    }

    private final Map<String, Account> rows = new ConcurrentHashMap<>();
    private int writes;

    public int writes() {
        return writes;
    }

    /** A change that nobody tells the cache of. */
    public Account change(String id, String customer, long cents) {
        Account changed = new Account(id, customer, cents);
        rows.put(id, changed);
        writes++;
        return changed;
    }

    @CachedConnection(cache = "accounts-of-customer", key = "{customer}:{page}", tags = "customer:{customer}")
    public List<Account> page(String customer, int page) {
        return rows.values().stream()
                .filter(each -> each.customer().equals(customer))
                .skip(page)
                .limit(1)
                .toList();
    }

    @CachedConnection(
            cache = "balance-of-customer",
            tags = {"prices", "customer:{0}"})
    public long balance(String customer) {
        return rows.values().stream()
                .filter(each -> each.customer().equals(customer))
                .mapToLong(Account::cents)
                .sum();
    }

    @CachedConnection(cache = "account", key = "{id}", tags = "customer:{customer}")
    public Account find(String id, @NotInKey String customer) {
        return rows.get(id);
    }

    @CachedConnection(cache = "number-of-accounts", key = "all")
    public int number() {
        return rows.size();
    }

    @EvictConnection(tags = "customer:{account.customer}")
    public void save(Account account) {
        change(account.id(), account.customer(), account.cents());
    }

    @EvictConnection(tags = "customer:{result.lazyCustomer}")
    public Account saved(String id, String customer, long cents) {
        return change(id, customer, cents);
    }

    @EvictConnection(cache = "number-of-accounts", all = true, tags = "prices")
    public void add(Account account) {
        change(account.id(), account.customer(), account.cents());
    }

    @EvictConnection(cache = "balance-of-customer", all = true)
    public void newBalances() {
        writes++;
    }

    @PutConnection(cache = "account", key = "{id}", tags = "customer:{customer}")
    public Account store(String id, String customer, long cents) {
        return change(id, customer, cents);
    }

    @PutConnection(cache = "account", key = "{id}", tags = "customer:{result.lazyCustomer}")
    public Account storeResult(String id, String customer, long cents) {
        return change(id, customer, cents);
    }

    @PutConnection(cache = "account", key = "{id}", tags = "customer:{customer}")
    @EvictConnection(tags = "customer:{customer}")
    public Account storeAndEvict(String id, String customer, long cents) {
        return change(id, customer, cents);
    }
}
