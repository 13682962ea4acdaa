package io.cachedconnection.servertests;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.xa.PGXADataSource;

/** Commits of an XA data source, in one phase. */
@ExtendWith(ArquillianExtension.class)
class XaCommitsTest extends LostCommits {

    @Deployment
    static WebArchive sample() {
        return sample("xa-commits", PGXADataSource.class);
    }
}
