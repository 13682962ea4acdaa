package io.cachedconnection.benchmarks.peers;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.cache.RedisCacheWriter;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.serializer.JacksonJsonRedisSerializer;
import org.springframework.data.redis.serializer.RedisSerializationContext.SerializationPair;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Spring Boot with Spring Cache on Spring Data Redis. Arguments: {@code lettuce} or {@code jedis}; then any of {@code sync}
 * ({@code sync = true}), {@code aware} (a cache manager that is aware of transactions) and {@code locking} (a lock for the whole cache).
 */
public final class SpringCache implements Peer {

    private final Accounts accounts;
    private final TransactionTemplate transactions = new TransactionTemplate(new Transactions());
    private final boolean isSynchronized;

    private SpringCache(String options) {
        isSynchronized = options.contains("sync");
        URI redis = URI.create(Peer.redis());
        SpringApplication application = new SpringApplication(Configuration.class);
        application.setDefaultProperties(Map.of(
                "spring.main.banner-mode",
                "off",
                "peers.options",
                options,
                "spring.data.redis.host",
                redis.getHost(),
                "spring.data.redis.port",
                redis.getPort(),
                "spring.data.redis.client-type",
                options.contains("jedis") ? "jedis" : "lettuce",
                "spring.data.redis.lettuce.pool.enabled",
                false, // one shared connection, as without commons-pool2
                "spring.data.redis.jedis.pool.max-active",
                64,
                "spring.data.redis.jedis.pool.max-idle",
                64));
        accounts = application.run().getBean(Accounts.class);
    }

    public static void main(String[] arguments) throws Exception {
        Worker.serve(() -> new SpringCache(arguments[0]));
    }

    /** The application. */
    @SpringBootApplication(proxyBeanMethods = false)
    @EnableCaching
    public static class Configuration {

        @Bean
        RedisCacheManager cacheManager(RedisConnectionFactory redis, Environment environment) {
            String options = environment.getRequiredProperty("peers.options");
            RedisCacheManager.RedisCacheManagerBuilder builder = RedisCacheManager.builder(
                            options.contains("locking")
                                    ? RedisCacheWriter.lockingRedisCacheWriter(redis)
                                    : RedisCacheWriter.nonLockingRedisCacheWriter(redis))
                    .cacheDefaults(RedisCacheConfiguration.defaultCacheConfig()
                            .entryTtl(Duration.ofMinutes(10))
                            .serializeValuesWith(
                                    SerializationPair.fromSerializer(new JacksonJsonRedisSerializer<>(Account.class))));
            return (options.contains("aware") ? builder.transactionAware() : builder).build();
        }
    }

    /** The repository. */
    @Repository
    public static class Accounts {

        @Cacheable("accounts")
        public Account find(UUID id) {
            return Database.load(id);
        }

        @Cacheable(cacheNames = "accounts", sync = true)
        public Account findInTurn(UUID id) {
            return Database.load(id);
        }

        @CacheEvict("accounts")
        public int update(UUID id) {
            return Database.write(id);
        }
    }

    /** Transactions of the database in memory. */
    private static final class Transactions extends AbstractPlatformTransactionManager {

        private static final long serialVersionUID = 1L;

        @Override
        protected Object doGetTransaction() {
            return new Object();
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
            Database.begin();
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            throw new UnsupportedOperationException("All are rolled back.");
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {
            Database.rollback();
        }
    }

    @Override
    public Account find(UUID id) {
        return isSynchronized ? accounts.findInTurn(id) : accounts.find(id);
    }

    @Override
    public int update(UUID id) {
        return accounts.update(id);
    }

    @Override
    public void rolledBack(Work work) {
        transactions.executeWithoutResult(status -> {
            status.setRollbackOnly();
            try {
                work.run();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
    }
}
