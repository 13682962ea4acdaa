-- ARGV[2] the write, ARGV[3] value, ARGV[4] its life in milliseconds, ARGV[5] settle: for how long before the announcement
-- nothing may have been evicted, for the value may be of what was read then, ARGV[6] a new stamp. Of two writes that overlap
-- nobody here knows which one committed last, so then the key is left empty.
-- A Redis that is full lets a script write whose first write only deletes; looking may write.
redis.call('HDEL', KEYS[2], 'lease')
local own, all = look(KEYS[2]), all_tags_and_cache()
local since = announced(KEYS[2], ARGV[2])
local others = own.writers + all.writers - (since and 1 or 0)
local settle = tonumber(ARGV[5])
local known = since and since - settle
local alone = known and others == 0 and own.evicted < known and all.evicted < known and (settle == 0 or begun() < known)
redis.call('HDEL', KEYS[2], 'w:' .. ARGV[2])
if alone then
  local value = ARGV[3]
  if has_stamps(value) then
    local stamps = stamps_of_tags(ARGV[6], ARGV[4])
    value = string.sub(value, 1, 4) .. stamps .. string.sub(value, 5 + #stamps)
  end
  redis.call('SET', KEYS[1], value, 'PX', ARGV[4])
else
  redis.call('DEL', KEYS[1])
end
stamp(KEYS[2])
return alone and 'YES' or 'NO'
