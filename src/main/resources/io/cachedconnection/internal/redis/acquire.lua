-- ARGV[2] token, ARGV[3] settle, ARGV[4] the lease's length, ARGV[5] the most bytes of a value, ARGV[6] how long a stamp lives at
-- least, in milliseconds, ARGV[7] the stamps that a value has to carry, if the keys do not tell, or ANY, ARGV[8] a new stamp. Replies with
-- a verdict, and the value if there is one, or what there is of it up to one byte more; or with the stamps under a lease.

local own, others = look(KEYS[2]), all_tags_and_cache()
if own.writers + others.writers > 0 then
  return { 'FENCED' }
end
local settle = tonumber(ARGV[3])
if settle > 0 and at - math.max(own.evicted, others.evicted) <= settle then
  return { 'OLD' }
end
if own.token and own.token ~= ARGV[2] and own.deadline > at then
  return { 'BUSY' }
end
if settle > 0 and at - begun() <= settle then
  return { 'OLD' }
end
lease(KEYS[2], ARGV[2], ARGV[4])
return { 'LEASED', stamps_of_tags(ARGV[8], ARGV[6]) }
