package io.cachedconnection.datasample;

import io.cachedconnection.CacheKey;
import jakarta.data.Order;
import jakarta.data.repository.Find;
import jakarta.data.repository.Repository;
import jakarta.data.repository.Save;
import java.util.List;
import java.util.Optional;

/** All that is written of the repository. */
@Repository
public interface Providers {

    @Find
    @CachedProvider
    Optional<Provider> find(String slug);

    @Find
    @CachedProviders
    List<Provider> in(@CacheKey String country, Order<Provider> order);

    @Save
    @ProviderChanged
    void save(Provider provider);
}
