-- The steps of an acquire that need no fence, so they come before what all other steps have in common: most lookups end here,
-- for there is a value, or nothing was written lately, neither the key nor its whole cache nor its tags. ARGV as of the acquire.

local value = redis.call('GETRANGE', KEYS[1], 0, ARGV[5])
if value ~= '' then
  local stamps = ARGV[7]
  if #KEYS > 3 then
    stamps = stamps_of_tags()
  end
  if not has_stamps(value) or stamps == 'ANY' or (stamps and carries(value, stamps)) then
    return { 'PRESENT', value }
  end
end
if ARGV[3] == '0' then
  local fences = { KEYS[2], KEYS[3], KEYS[4] }
  for i = 6, #KEYS, 2 do
    fences[#fences + 1] = KEYS[i]
  end
  if redis.call('EXISTS', unpack(fences)) == 0 then
    local time, memory = redis.call('TIME'), string.match(ARGV[1], '%d+$')
    redis.call('HSET', KEYS[2], 'lease', string.format('%s %.0f', ARGV[2], time[1] * 1000000 + time[2] + ARGV[4]))
    redis.call('PEXPIRE', KEYS[2], string.format('%.0f', math.ceil((ARGV[4] + memory) / 1000) + 1))
    return { 'LEASED', stamps_of_tags(ARGV[8], ARGV[6]) }
  end
end

