package io.cachedconnection.datasample;

import io.cachedconnection.CacheKey;
import jakarta.data.repository.Find;
import jakarta.data.repository.Insert;
import jakarta.data.repository.OrderBy;
import jakarta.data.repository.Repository;
import jakarta.data.repository.Update;
import java.util.List;
import java.util.Optional;

/** All that is written of the repository. */
@Repository
public interface Providers {

    @Find
    @CachedProvider
    Optional<Provider> find(String slug);

    @Find
    @OrderBy("name")
    @CachedProviders
    List<Provider> in(@CacheKey String country);

    @Insert
    @ProviderChanged
    void add(Provider provider);

    @Update
    @ProviderChanged
    void change(Provider provider);
}
