-- Replies with the value and how many milliseconds it still lives, -1 if nothing ends it.

local value = redis.call('GET', KEYS[1])
return value and { value, redis.call('PTTL', KEYS[1]) }
