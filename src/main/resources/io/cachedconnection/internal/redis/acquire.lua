-- ARGV[2] token, ARGV[3] settle, ARGV[4] the lease's length, ARGV[5] the most bytes of a value. Replies with a verdict, and the
-- value if there is one, or what there is of it up to one byte more.

local own, all = look(KEYS[2]), look(KEYS[3])
if own.writers + all.writers > 0 then
  return { 'FENCED' }
end
local settle = tonumber(ARGV[3])
if settle > 0 and at - math.max(own.evicted, all.evicted) <= settle then
  return { 'OLD' }
end
if own.token and own.token ~= ARGV[2] and own.deadline > at then
  return { 'BUSY' }
end
if settle > 0 and at - begun() <= settle then
  return { 'OLD' }
end
lease(KEYS[2], ARGV[2], ARGV[4])
return { 'LEASED' }
