package io.cachedconnection.servertests.secured;

import jakarta.enterprise.context.RequestScoped;

/** Who calls, as the request says. */
@RequestScoped
public class User {

    private String name = "";

    public String name() {
        return name;
    }

    public void name(String ofRequest) {
        name = ofRequest;
    }
}
