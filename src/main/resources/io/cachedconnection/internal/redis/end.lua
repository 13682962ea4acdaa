-- ARGV[2] the write, ARGV[3] how it ended.
redis.call('HDEL', KEYS[2], 'w:' .. ARGV[2])
if ARGV[3] == 'COMMITTED' then
  redis.call('DEL', KEYS[1])
  redis.call('HDEL', KEYS[2], 'lease')
  stamp(KEYS[2])
end
return 'YES'
