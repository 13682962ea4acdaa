package io.cachedconnection.servertests.kinds;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The resources. */
@ApplicationPath("rest")
public class RestApplication extends Application {}
