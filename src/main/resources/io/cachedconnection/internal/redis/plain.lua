-- Steps of a write whose fence is plain, as most are: it holds nothing but the time of an eviction and what the step takes out. They
-- come before what all other steps have in common, which takes Redis longer than these steps. KEYS and ARGV as there.

local longest_write, fence_memory = string.match(ARGV[1], '^(%d+) (%d+)$')
local clock = redis.call('TIME')
local moment_of_step = clock[1] * 1000000 + clock[2]

-- Takes these fields out of the fence, and looks whether it is plain then.
local function is_plain_without(...)
  if type(redis.pcall('HDEL', KEYS[2], ...)) == 'table' then
    return false -- it is no hash
  end
  local all = redis.call('HGETALL', KEYS[2])
  local evicted = all[1] == 'evicted' and tonumber(string.match(all[2], '^%d+$'))
  return #all == 0 or (#all == 2 and evicted and evicted <= moment_of_step)
end

-- Lets the fence live for so many microseconds at least; false if the common steps have to look at its life.
local function lives(micros)
  local life, left = math.ceil(micros / 1000) + 1, redis.pcall('PTTL', KEYS[2])
  if type(left) ~= 'number' or left > 10800001 then
    return false
  end
  if left < life then
    redis.call('PEXPIRE', KEYS[2], string.format('%.0f', life))
  end
  return true
end

