-- Begin and end of a write in one.
local there = redis.call('DEL', KEYS[1])
redis.call('HDEL', KEYS[2], 'lease')
stamp(KEYS[2])
return there > 0 and 'YES' or 'NO'
