-- ARGV[2] the most bytes. Replies with the value, or what there is of it up to one byte more, and how many milliseconds it
-- still lives, -1 if nothing ends it.

local value = redis.call('GETRANGE', KEYS[1], 0, ARGV[2])
return value ~= '' and { value, redis.call('PTTL', KEYS[1]) }
