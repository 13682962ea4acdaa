@interface Repository {}

@interface Find {}

@interface Update {}

@interface OrderBy {
    String value();
}

@interface CachedProviders {}

interface CrudRepository<T, K> {}

record Provider(String slug, String country) {}

record Thing(long id) {}
