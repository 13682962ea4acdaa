-- ARGV[2] the write, ARGV[3] value, ARGV[4] its life in milliseconds. Of two writes that overlap nobody here knows which
-- one committed last, so then the key is left empty.
-- A Redis that is full lets a script write whose first write only deletes; looking may write.
redis.call('HDEL', KEYS[2], 'lease')
local own, all = look(KEYS[2]), look(KEYS[3])
local since = announced(KEYS[2], ARGV[2])
local others = own.writers + all.writers - (since and 1 or 0)
local alone = since and others == 0 and own.evicted < since and all.evicted < since
redis.call('HDEL', KEYS[2], 'w:' .. ARGV[2])
if alone then
  redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[4])
else
  redis.call('DEL', KEYS[1])
end
stamp(KEYS[2])
return alone and 'YES' or 'NO'
