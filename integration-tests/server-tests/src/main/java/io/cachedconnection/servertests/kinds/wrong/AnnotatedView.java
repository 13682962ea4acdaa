package io.cachedconnection.servertests.kinds.wrong;

import io.cachedconnection.CachedConnection;
import jakarta.ejb.Local;
import java.util.UUID;

/** A local business interface with the annotation that belongs on the bean. */
@Local
public interface AnnotatedView {

    @CachedConnection(cache = "annotated-view")
    UUID find(int id);
}
