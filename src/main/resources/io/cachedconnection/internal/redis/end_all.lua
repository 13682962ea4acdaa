-- KEYS[2] is the fence of a cache. ARGV[2] the write, ARGV[3] how it ended.
redis.call('HDEL', KEYS[2], 'w:' .. ARGV[2])
if ARGV[3] == 'COMMITTED' then
  stamp(KEYS[2])
end
return 'YES'
