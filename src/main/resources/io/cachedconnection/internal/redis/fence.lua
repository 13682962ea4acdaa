-- What all steps of the protocol have in common; it stands before each of them. See docs/explanation/consistency.md.
-- KEYS[1] is a value, KEYS[2] its fence, KEYS[3] the fence of its cache; steps of a whole cache have its fence in all three.
-- Steps of a value with tags have more, see stamps.lua.
-- ARGV[1] is max-transaction-age, and how long a fence lives after the last moment in it, at least.
-- They reply in words, for one bit would make a 1 of a 0.
-- Times are microseconds of the clock of Redis, never of a node. Numbers up to 2^53 are exact.

local function microseconds()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000000 + tonumber(time[2])
end

local at = microseconds()
local longest_transaction = tonumber(string.match(ARGV[1], '^%d+'))
local memory = tonumber(string.match(ARGV[1], '%d+$'))
local longest_allowed = 3600 * 1000000 -- of max-transaction-age and lease-timeout, on whatever node
local most_fields, most_bytes = 2000, 200000 -- of a fence; what has more costs every step its time
local mended = false

local function text(number)
  return string.format('%.0f', number)
end

-- The moment that a field of a fence is about: a deadline, or the time of an eviction; nothing if no node can have meant it.
local function moment(name, value)
  local time, begun
  if name == 'lease' then
    time = string.match(value, '^%S+ (%d+)$')
  elseif name == 'evicted' then
    time = string.match(value, '^%d+$')
  else
    time, begun = string.match(value, '^(%d+) (%d+)$')
  end
  time = tonumber(time)
  local latest = name == 'evicted' and at or at + longest_allowed
  return time and time <= latest and tonumber(begun or 0) <= at and time or nil
end

-- Whether a moment is that of a clock which has been put right, or of another server before a failover: nothing to tell.
local function is_slightly_ahead(value)
  local last = tonumber(string.match(value, '(%d+)$'))
  return last and last > at and last <= at + 60 * 1000000
end

-- A fence with more than nodes write becomes one write in flight, for as long as any of those in it.
local function condensed(fence, all)
  local deadline = at + memory
  for i = 1, #all, 2 do
    deadline = math.max(deadline, moment(all[i], all[i + 1]) or 0)
  end
  local one = { name = 'w:?', value = text(deadline) .. ' ' .. text(at), time = deadline }
  redis.call('DEL', fence)
  redis.call('HSET', fence, one.name, one.value)
  redis.call('PEXPIRE', fence, text(math.ceil((deadline - at + 2 * memory) / 1000)))
  return { one }
end

-- The fields of a fence. What no node can have meant (a bug, another clock, another program) is replaced: a lease is none, an
-- eviction was now, a write may be in flight from now on, for as long as one may take on any node.
local function fields(fence)
  local all = redis.call('HGETALL', fence)
  local times, count, size = {}, 0, 0
  for i = 1, #all, 2 do
    times[i] = moment(all[i], all[i + 1])
    if not (times[i] and times[i] <= at) then -- what is over goes by itself
      count, size = count + 1, size + #all[i] + #all[i + 1]
    end
  end
  if count > most_fields or size > most_bytes then
    mended = true
    return condensed(fence, all)
  end
  local known = {}
  for i = 1, #all, 2 do
    local name, value, time = all[i], all[i + 1], times[i]
    mended = mended or not (time or is_slightly_ahead(value))
    if not time and name == 'lease' then
      redis.call('HDEL', fence, name)
    elseif not time then
      time = name == 'evicted' and at or at + memory
      value = name == 'evicted' and text(at) or text(time) .. ' ' .. text(at)
      redis.call('HSET', fence, name, value)
    end
    if time then
      known[#known + 1] = { name = name, value = value, time = time }
    end
  end
  return known
end

-- What a fence says. A writer past its deadline has died, and may have committed: it counts as an eviction then.
local function look(fence)
  local state = { writers = 0, evicted = 0 }
  local dead = {}
  for _, field in ipairs(fields(fence)) do
    local name, time = field.name, field.time
    if name == 'lease' then
      state.token, state.deadline = string.match(field.value, '^%S+'), time
    elseif name == 'evicted' then
      state.evicted = math.max(state.evicted, time)
    elseif time > at then
      state.writers = state.writers + 1
    else
      state.evicted = math.max(state.evicted, time)
      dead[#dead + 1] = name
    end
  end
  -- In this order: a fence that is empty in between loses its life time, and then stays for ever.
  if #dead > 0 then
    redis.call('HSET', fence, 'evicted', text(state.evicted))
    for _, name in ipairs(dead) do -- one by one, for Lua passes some 8,000 arguments at most
      redis.call('HDEL', fence, name)
    end
  end
  return state
end

-- What the fences of the cache, of all tags and of each tag say together.
local function all_tags_and_cache()
  local state = look(KEYS[3])
  for i = 4, #KEYS, 2 do
    local tag = look(KEYS[i])
    state.writers, state.evicted = state.writers + tag.writers, math.max(state.evicted, tag.evicted)
  end
  return state
end

-- Lets a fence live until nothing in it matters: the last moment in it, and the longest transaction after that; that of a cache
-- for one more, for a put may be announced at the end of a transaction, and end as late again without touching it. It never
-- shortens the life that another node gave it, whose transactions may be longer, unless none can be so long; but a user of
-- Redis that may not ask for it does.
local function keep(fence)
  local last = at
  for _, field in ipairs(fields(fence)) do
    last = math.max(last, field.time)
  end
  local longest = KEYS[1] == KEYS[2] and 2 * memory or memory
  local life = math.ceil((last + longest - at) / 1000) + 1
  local left = redis.pcall('PTTL', fence)
  if type(left) ~= 'number' or life > left or left > 3 * longest_allowed / 1000 + 1 then
    redis.call('PEXPIRE', fence, text(life))
  end
end

-- Who puts something else in the place of a fence destroys what it knew: that counts as an eviction.
for i = 2, #KEYS do
  local is_fence = i <= 3 or (#KEYS > 4 and i % 2 == 0)
  local type = redis.call('TYPE', KEYS[i]).ok
  if is_fence and type ~= 'hash' and type ~= 'none' then
    mended = true
    redis.call('DEL', KEYS[i])
    redis.call('HSET', KEYS[i], 'evicted', text(at))
    keep(KEYS[i])
  end
end

-- When a write was announced first; nothing if it is not.
local function announced(fence, write)
  local said = redis.call('HGET', fence, 'w:' .. write)
  return said and tonumber(string.match(said, ' (%d+)$'))
end

-- A second announcement may be a late copy of the first: the write has begun then, whatever came since.
local function announce(fence, write)
  local since = announced(fence, write) or at
  redis.call('HSET', fence, 'w:' .. write, text(at + longest_transaction) .. ' ' .. text(since))
  keep(fence)
end

local function stamp(fence)
  redis.call('HSET', fence, 'evicted', text(math.max(at, look(fence).evicted)))
  keep(fence)
end

-- When this Redis began, or a little later, for it tells whole seconds only. What it knew before it has forgotten, evictions
-- included, so for whoever may look at an older state of the database everything was evicted then.
local function begun()
  local info = redis.pcall('INFO', 'server')
  local uptime = type(info) == 'string' and string.match(info, 'uptime_in_seconds:(%d+)') or 0
  return at - (tonumber(uptime) - 1) * 1000000
end

local function lease(fence, token, length)
  redis.call('HSET', fence, 'lease', token .. ' ' .. text(at + tonumber(length)))
  keep(fence)
end
