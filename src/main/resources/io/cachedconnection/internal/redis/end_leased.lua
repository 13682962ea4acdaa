-- ARGV[2] the write, ARGV[3] the length of a lease, ARGV[4] settle, as of end_with. Ends a committed write; if no other one of the key overlapped it, it gets
-- the lease, under its own name, to fill in its result. A Redis that is full lets a script write whose first write only
-- deletes; looking may write.
redis.call('HDEL', KEYS[2], 'lease')
local own = look(KEYS[2])
local since = announced(KEYS[2], ARGV[2])
local settle = tonumber(ARGV[4])
local known = since and since - settle
local alone = known and own.writers == 1 and own.evicted < known and (settle == 0 or begun() < known)
redis.call('HDEL', KEYS[2], 'w:' .. ARGV[2])
redis.call('DEL', KEYS[1])
stamp(KEYS[2])
if alone then
  lease(KEYS[2], ARGV[2], ARGV[3])
end
return alone and 'YES' or 'NO'
