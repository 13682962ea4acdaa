package io.cachedconnection.servertests.kinds.wrong;

import jakarta.ejb.Stateless;
import java.util.UUID;

/** A session bean whose interface has the annotation. */
@Stateless
public class ViewOnly implements AnnotatedView {

    @Override
    public UUID find(int id) {
        return UUID.randomUUID();
    }
}
