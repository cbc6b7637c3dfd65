// simdjson's full parse of NDJSON on one core: every line to a DOM, the ids counted. The file is read before the clock
// starts. Says how many seconds the parse took, as the other peers of the stages do. `simdjson-peer FILE`
#include <chrono>
#include <cstdio>
#include <simdjson.h>

int main(int argc, char **argv) {
  if (argc < 2) return 2;
  simdjson::padded_string json;
  if (simdjson::padded_string::load(argv[1]).get(json) != simdjson::SUCCESS) return 1;
  const auto start = std::chrono::steady_clock::now();
  simdjson::dom::parser parser;
  simdjson::dom::document_stream sessions;
  if (parser.parse_many(json, 4 << 20).get(sessions) != simdjson::SUCCESS) return 1;
  size_t count = 0;
  for (auto session : sessions) {
    std::string_view id;
    if (session["id"].get(id) != simdjson::SUCCESS) return 1;
    count += 1;
  }
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  std::printf("{\"seconds\":%.6f,\"records\":%zu}\n", taken.count(), count);
  return 0;
}
