@InterceptorBinding
@Retention(RUNTIME)
@interface LocalTransaction {}

interface Orders {
    void ship(long id);
}

EntityManager entities;
ConnectionCaches caches;
Orders orders;
long id;
