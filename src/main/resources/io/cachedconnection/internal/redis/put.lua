-- ARGV[2] value, ARGV[3] its life in milliseconds. The lease goes: an older load must not overwrite this.
if look(KEYS[2]).writers + look(KEYS[3]).writers > 0 then
  return 0
end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
redis.call('HDEL', KEYS[2], 'lease')
return 1
