package io.cachedconnection.datasample;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;

/** Changes of providers: through the repository, in a transaction, and past it. */
@ApplicationScoped
public class Catalogue {

    @Inject
    Providers providers;

    @PersistenceContext
    EntityManager entities;

    @Transactional
    public void save(String slug, String name, String country) {
        write(new Provider(slug, name, country));
    }

    // Not by @Save, which does both: the provider of GlassFish 8.0.0 has it in a CrudRepository only.
    private void write(Provider provider) {
        if (entities.find(Provider.class, provider.getSlug()) == null) {
            providers.add(provider);
        } else {
            providers.change(provider);
        }
    }

    /** Rolled back after the repository has written. */
    @Transactional
    public void saveInVain(String slug, String name, String country) {
        write(new Provider(slug, name, country));
        throw new IllegalStateException("in vain");
    }

    /** In the database only, so that whoever is answered from Redis sees the old name. */
    @Transactional
    public void renameUnseen(String slug, String name) {
        entities.createNativeQuery("update PROVIDER set NAME = ?1 where SLUG = ?2")
                .setParameter(1, name)
                .setParameter(2, slug)
                .executeUpdate();
    }
}
