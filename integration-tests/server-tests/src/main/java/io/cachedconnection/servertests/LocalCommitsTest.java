package io.cachedconnection.servertests;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/** Commits of a local data source, which the transaction manager wraps. */
@ExtendWith(ArquillianExtension.class)
class LocalCommitsTest extends LostCommits {

    @Deployment
    static WebArchive sample() {
        return sample("local-commits", PGSimpleDataSource.class);
    }
}
