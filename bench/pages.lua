-- Pages from a list of paths in BENCH_PATHS, at random; with BENCH_COOKIES, each as one of several officers.
local common = dofile("bench/common.lua")

function init()
  common.shuffle()
  local cookies = os.getenv("BENCH_COOKIES")
  requests = {}
  for _, path in ipairs(common.lines(common.setting("BENCH_PATHS"))) do
    if cookies then
      for _, cookie in ipairs(common.lines(cookies)) do
        requests[#requests + 1] = wrk.format("GET", path, { ["Cookie"] = cookie })
      end
    else
      requests[#requests + 1] = wrk.format("GET", path)
    end
  end
end

function request() return requests[math.random(#requests)] end

function done(summary, latency) common.tell(summary, latency) end
