package io.cachedconnection.servertests.kinds;

import jakarta.ejb.Local;
import java.util.UUID;

/** The local business interface of a session bean. */
@Local
public interface StatelessView {

    UUID find(int id);

    void save(int id);
}
