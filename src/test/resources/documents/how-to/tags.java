record Account(UUID id, UUID customerId) {}

ConnectionCaches caches;
UUID id;
String city;
