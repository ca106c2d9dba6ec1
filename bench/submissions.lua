-- Reports by the API, each with its own key. What was acknowledged is written to BENCH_ACKNOWLEDGED.
local common = dofile("bench/common.lua")
local threads = {}

function setup(thread) threads[#threads + 1] = thread end

function init()
  common.shuffle()
  acknowledged, honest, dishonest = 0, 0, 0
  local path = os.getenv("BENCH_ACKNOWLEDGED")
  if path then
    kept = assert(io.open(path, "a"))
    kept:setvbuf("line")
  end
end

function request()
  return wrk.format("POST", "/api/v1/reports",
    { ["Content-Type"] = "application/json", ["Idempotency-Key"] = common.key(), ["X-Forwarded-For"] = common.address() },
    common.report())
end

function response(status, headers, body)
  if status == 201 then
    acknowledged = acknowledged + 1
    if kept then kept:write(body:match('"code":"(%d+)"'), " ", body:match('"pin":"(%d+)"'), "\n") end
  elseif status == 503 and headers["retry-after"] then
    honest = honest + 1
  else
    dishonest = dishonest + 1
  end
end

function done(summary, latency)
  local thread = threads[1]
  common.tell(summary, latency,
    { acknowledged = thread:get("acknowledged"), honest = thread:get("honest"), dishonest = thread:get("dishonest") })
end
