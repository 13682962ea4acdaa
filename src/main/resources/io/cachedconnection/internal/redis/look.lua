-- KEYS[2] is the fence of a cache. ARGV[2] settle. Replies with a verdict for who has got the lease of a key of this cache.
local all = look(KEYS[2])
local settle = tonumber(ARGV[2])
if all.writers > 0 then
  return { 'FENCED' }
end
if settle > 0 and at - math.max(all.evicted, begun()) <= settle then
  return { 'OLD' }
end
return { 'LEASED' }
