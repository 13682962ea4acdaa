record Item(UUID id) {}
