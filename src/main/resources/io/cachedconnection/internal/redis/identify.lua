-- Which Redis this is, and what it is set to: run, history of replication, role, the history before the promotion, replicas,
-- whether it wants some of them, the limit of memory, and what it removes then. Nothing, if it does not say.
local function info(section)
  local text = redis.pcall('INFO', section)
  return type(text) == 'string' and text or ''
end
local server, replication, memory = info('server'), info('replication'), ''
if ARGV[1] == 'ALL' then
  memory = info('memory')
end
local function field(text, name)
  return string.match(text, '[\r\n]' .. name .. ':([^\r\n]*)') or ''
end
return {
  field(server, 'run_id'), field(replication, 'master_replid'), field(replication, 'role'),
  field(replication, 'master_replid2'), field(replication, 'connected_slaves'),
  field(replication, 'min_slaves_good_slaves'), field(memory, 'maxmemory'), field(memory, 'maxmemory_policy'),
}
