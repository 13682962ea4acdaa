@interface CacheResult {
    String cacheName();
}

@interface CachePut {
    String cacheName();
}

@interface CacheValue {}

record Book(long id, String title) {}
