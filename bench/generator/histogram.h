/* Latencies in a log-linear histogram: steps of 0.25 us up to 256 us, above that 512 steps for each doubling (0.2 %). */
#ifndef MQ_BENCH_HISTOGRAM_H
#define MQ_BENCH_HISTOGRAM_H

#include <stdint.h>

#define HISTOGRAM_SIZE (32 * 1024)

typedef struct {
  uint64_t counts[HISTOGRAM_SIZE];
  uint64_t total;
} histogram;

static inline void histogram_add(histogram *h, uint64_t ns) {
  uint64_t steps = ns / 250;
  uint64_t at = steps;
  if (steps >= 1024) {
    int doubling = 63 - __builtin_clzll(steps);
    at = 1024 + (uint64_t)(doubling - 10) * 512 + ((steps >> (doubling - 9)) - 512);
    if (at >= HISTOGRAM_SIZE) at = HISTOGRAM_SIZE - 1;
  }
  h->counts[at]++;
  h->total++;
}

/* Milliseconds that `part` (0…1) of all latencies do not exceed. */
static inline double histogram_at(const histogram *h, double part) {
  uint64_t sum = 0;
  uint64_t wanted = (uint64_t)(part * (double)h->total + 0.9999999);
  for (int i = 0; i < HISTOGRAM_SIZE && h->total > 0; i++) {
    sum += h->counts[i];
    if (sum >= wanted && h->counts[i] > 0) {
      uint64_t steps = i < 1024 ? (uint64_t)i : (uint64_t)((i - 1024) % 512 + 512) << ((i - 1024) / 512 + 1);
      return (double)steps * 0.25 / 1000;
    }
  }
  return 0;
}

#endif
