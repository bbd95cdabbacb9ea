/*
 * A load generator at native speed, so that the client is not what is measured: closed loop, N connections with W
 * requests in flight each, SEND_MESSAGE_V2 with bodies of a fixed size that nothing can compress. Afterwards it pulls
 * every queue from its beginning and compares each message with what was sent and with what its answer said.
 *
 *   load --port 10911 --topic bench --connections 64 --in-flight 16 --body 1024 --header json|binary
 *        --warm 2 --seconds 8 [--queues 8] [--read-back yes] [--coalesce no]
 *
 * One JSON object goes to stdout. Any answer whose code is not 0 is an error. --coalesce no writes every frame with a
 * system call of its own, as Netty clients do.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "histogram.h"
#include "wire.h"

#define POOL_SIZE (4u << 20)
#define READ_SPACE (512u << 10)
#define DRAIN_SECONDS 15.0
#define READ_BACK_PATIENCE_SECONDS 30.0

static struct {
  int port, connections, in_flight, body, queues, binary, coalesce, read_back;
  double warm, seconds;
  const char *topic;
} options = {.port = 10911, .connections = 64, .in_flight = 1, .body = 128, .queues = 8, .coalesce = 1, .warm = 2, .seconds = 5, .topic = "bench"};

typedef struct {
  int fd, index, wants_write;
  uint8_t *out, *in;
  size_t out_size, out_sent, out_space, in_size, in_space;
  int *free_slots, free_count;
} connection;

static int poller;
static template sends, pulls;
static uint8_t *pool;
static uint64_t *slot_time, *slot_id;
/* By message id: 0 = no good answer, else queue << 48 | (queue offset + 1). */
static uint64_t *acked;
static uint64_t acked_space, next_id;
static uint64_t errors, measured, all_acks;
static int64_t first_error = -1;
static int measuring, stopping;
static histogram latencies;

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void fail(const char *what) {
  fprintf(stderr, "load: %s: %s\n", what, errno ? strerror(errno) : "unexpected");
  exit(1);
}

/* Where in the pool of random bytes the rest of a body starts: by its id, so that the reader can tell every byte. */
static const uint8_t *body_rest(uint64_t id) {
  uint64_t h = (id + 1) * 0x9E3779B97F4A7C15u;
  return pool + (h >> 40) % (POOL_SIZE - (uint32_t)options.body);
}

static void make_pool(void) {
  pool = malloc(POOL_SIZE);
  uint64_t x = 88172645463325252u;
  for (uint32_t i = 0; i < POOL_SIZE; i += 8) {
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    memcpy(pool + i, &x, 8);
  }
}

static void make_templates(void) {
  char properties[256];
  snprintf(properties, sizeof properties, "UNIQ_KEY\x01%s0000000000000000\x02WAIT\x01true\x02TAGS\x01TagA\x02", UNIQUE_HEAD);
  const char *send_fields[] = {"a", "bench-producer", "b", options.topic, "c", "TBW102", "d", "8", "e", "0", "f", "0",
                               "g", "1700000000000",  "h", "0",           "i", properties, "j", "0", "k", "false", "m", "false",
                               "n", "broker-a",       NULL};
  sends = make_template(310, options.binary, send_fields, (size_t)options.body);
  sends.unique = find(&sends, UNIQUE_HEAD, 16) + 16;
  sends.queue = options.binary ? find(&sends, "\0\1e\0\0\0\1", 7) + 7 : find(&sends, "\"e\":\"", 5) + 5;

  const char *pull_fields[] = {"consumerGroup", "bench-consumer", "topic", options.topic, "queueId", "0",
                               "queueOffset", "000000000000000", "maxMsgNums", "32", "sysFlag", "4",
                               "commitOffset", "0", "suspendTimeoutMillis", "0", "subscription", "*",
                               "subVersion", "0", "expressionType", "TAG", NULL};
  pulls = make_template(11, 0, pull_fields, 0);
  pulls.queue = find(&pulls, "\"queueId\":\"", 11) + 11;
  pulls.offset = find(&pulls, "\"queueOffset\":\"", 15) + 15;
}

static void watch(connection *c, int writable, int operation) {
  struct epoll_event e = {.events = EPOLLIN | (writable ? EPOLLOUT : 0), .data.ptr = c};
  if (epoll_ctl(poller, operation, c->fd, &e) < 0) fail("epoll_ctl");
  c->wants_write = writable;
}

static void open_connection(connection *c, int index, int slots) {
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)options.port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int one = 1;
  *c = (connection){.index = index, .in_space = READ_SPACE * 2, .out_space = 1 << 16};
  c->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(c->fd, (struct sockaddr *)&a, sizeof a) < 0) fail("connect");
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  fcntl(c->fd, F_SETFL, O_NONBLOCK);
  c->in = malloc(c->in_space);
  c->out = malloc(c->out_space);
  c->free_slots = malloc(sizeof(int) * (size_t)slots);
  for (int s = slots - 1; s >= 0; s--) c->free_slots[c->free_count++] = s;
  watch(c, 0, EPOLL_CTL_ADD);
}

static void close_connection(connection *c) {
  close(c->fd);
  free(c->in);
  free(c->out);
  free(c->free_slots);
}

static uint8_t *reserve(connection *c, const template *t) {
  if (c->out_size + t->size > c->out_space) {
    c->out_space = (c->out_size + t->size) * 2;
    c->out = realloc(c->out, c->out_space);
  }
  uint8_t *frame = c->out + c->out_size;
  memcpy(frame, t->bytes, t->body);
  c->out_size += t->size;
  return frame;
}

static void flush(connection *c) {
  while (c->out_sent < c->out_size) {
    size_t n = c->out_size - c->out_sent;
    if (!options.coalesce && n > sends.size) n = sends.size;
    ssize_t written = write(c->fd, c->out + c->out_sent, n);
    if (written < 0) {
      if (errno != EAGAIN) fail("write");
      if (!c->wants_write) watch(c, 1, EPOLL_CTL_MOD);
      return;
    }
    c->out_sent += (size_t)written;
  }
  c->out_sent = c->out_size = 0;
  if (c->wants_write) watch(c, 0, EPOLL_CTL_MOD);
}

static void send_one(connection *c, uint64_t time) {
  int slot = c->index * options.in_flight + c->free_slots[--c->free_count];
  uint64_t id = next_id++;
  if (id >= acked_space) {
    uint64_t space = acked_space ? acked_space * 2 : 1 << 20;
    acked = realloc(acked, space * 8);
    memset(acked + acked_space, 0, (space - acked_space) * 8);
    acked_space = space;
  }
  slot_time[slot] = time;
  slot_id[slot] = id;
  uint8_t *frame = reserve(c, &sends);
  set_opaque(&sends, frame, OPAQUE_BASE + (uint32_t)slot);
  frame[sends.queue] = (uint8_t)('0' + id % (uint64_t)options.queues);
  put_hex(frame + sends.unique, 16, id);
  put_hex(frame + sends.body, 16, id);
  memcpy(frame + sends.body + 16, body_rest(id), (size_t)options.body - 16);
}

static void on_ack(connection *c, const reply *r, uint64_t time) {
  int64_t slot = r->opaque - (int64_t)OPAQUE_BASE;
  if (slot < 0 || slot / options.in_flight != c->index) fail("an answer to no request");
  if (r->code == 0) {
    acked[slot_id[slot]] = (uint64_t)r->queue << 48 | (uint64_t)(r->queue_offset + 1);
    all_acks++;
    if (measuring) {
      measured++;
      histogram_add(&latencies, time - slot_time[slot]);
    }
  } else {
    errors++;
    if (first_error < 0) first_error = r->code;
  }
  c->free_slots[c->free_count++] = (int)(slot % options.in_flight);
  if (!stopping) send_one(c, time);
}

typedef void (*on_frame)(connection *c, const uint8_t *frame, uint32_t size, uint64_t time);

static void on_send_frame(connection *c, const uint8_t *frame, uint32_t size, uint64_t time) {
  (void)size;
  uint32_t meta = get32(frame);
  reply r = read_reply(frame + 4, meta & 0xFFFFFF, meta >> 24 == 1, 0);
  on_ack(c, &r, time);
}

static void on_readable(connection *c, on_frame handle) {
  for (;;) {
    if (c->in_space - c->in_size < READ_SPACE) {
      c->in_space *= 2;
      c->in = realloc(c->in, c->in_space);
    }
    ssize_t n = read(c->fd, c->in + c->in_size, c->in_space - c->in_size);
    if (n == 0) {
      errno = 0;
      fail("the server closed a connection");
    }
    if (n < 0) {
      if (errno == EAGAIN) break;
      fail("read");
    }
    c->in_size += (size_t)n;
    uint64_t time = now();
    size_t at = 0;
    while (c->in_size - at >= 4) {
      uint32_t size = get32(c->in + at);
      if (c->in_size - at < 4 + (size_t)size) break;
      handle(c, c->in + at + 4, size, time);
      at += 4 + (size_t)size;
    }
    memmove(c->in, c->in + at, c->in_size - at);
    c->in_size -= at;
    if (n < 65536) break;
  }
  flush(c);
}

static void turn(on_frame handle, int wait_ms) {
  struct epoll_event events[256];
  int n = epoll_wait(poller, events, 256, wait_ms);
  for (int i = 0; i < n; i++) {
    connection *c = events[i].data.ptr;
    if (events[i].events & EPOLLOUT) flush(c);
    if (events[i].events & ~(uint32_t)EPOLLOUT) on_readable(c, handle);
  }
}

/* What reading back found wrong; all must be 0. */
static struct {
  uint64_t read, missing, duplicated, unexpected, damaged, misplaced, gaps, pull_errors;
} found;

static int64_t *queue_next;
static uint8_t *seen;

static void pull_one(connection *c) {
  c->free_count--;
  uint8_t *frame = reserve(c, &pulls);
  set_opaque(&pulls, frame, OPAQUE_BASE + (uint32_t)c->index);
  frame[pulls.queue] = (uint8_t)('0' + c->index);
  put_digits(frame + pulls.offset, OFFSET_DIGITS, (uint64_t)queue_next[c->index]);
}

static void check_message(int queue, const uint8_t *m, uint32_t size) {
  uint32_t sys_flag = get32(m + 36);
  const uint8_t *p = m + 48 + (sys_flag & 0x10 ? 20 : 8) + 8 + (sys_flag & 0x20 ? 20 : 8) + 12;
  uint32_t body_size = get32(p);
  const uint8_t *body = p + 4;
  int64_t offset = (int64_t)get64(m + 20);
  found.read++;
  if (offset != queue_next[queue]) found.gaps++;
  queue_next[queue] = offset + 1;
  if ((int)body_size != options.body || (uint32_t)(body - m) + body_size > size || body_crc(body, body_size) != get32(m + 8)) {
    found.damaged++;
    return;
  }
  uint64_t id = get_hex(body, 16);
  if (id >= next_id) {
    found.unexpected++;
    return;
  }
  if (memcmp(body + 16, body_rest(id), (size_t)options.body - 16) != 0) found.damaged++;
  if (seen[id]++) found.duplicated++;
  if (acked[id] != 0 && acked[id] != ((uint64_t)queue << 48 | (uint64_t)(offset + 1))) found.misplaced++;
}

static void on_pull_frame(connection *c, const uint8_t *frame, uint32_t size, uint64_t time) {
  (void)time;
  uint32_t meta = get32(frame), header = meta & 0xFFFFFF;
  reply r = read_reply(frame + 4, header, meta >> 24 == 1, 1);
  if (r.code == 0) {
    const uint8_t *p = frame + 4 + header, *end = frame + size;
    while (p < end) {
      uint32_t n = get32(p);
      if (n < 91 || n > (size_t)(end - p)) {
        found.damaged++;
        break;
      }
      check_message(c->index, p, n);
      p += n;
    }
  } else if (r.code != 19 && r.code != 20 && r.code != 21) {
    found.pull_errors++;
    if (first_error < 0) first_error = r.code;
  }
  c->free_count++;
  /* After the last message the queue may still be growing (Apache builds it behind the log): main asks again. */
  if (r.code == 0) pull_one(c);
}

static double read_back(void) {
  connection *readers = calloc((size_t)options.queues, sizeof *readers);
  queue_next = calloc((size_t)options.queues, sizeof *queue_next);
  seen = calloc(1, next_id + 1);
  poller = epoll_create1(0);
  for (int i = 0; i < options.queues; i++) open_connection(readers + i, i, 1);
  uint64_t start = now(), last_news = start, before = 0, end = start;
  while (found.read < all_acks && found.pull_errors < 100 && (double)(now() - last_news) * 1e-9 < READ_BACK_PATIENCE_SECONDS) {
    for (int i = 0; i < options.queues; i++)
      if (readers[i].free_count > 0) {
        pull_one(readers + i);
        flush(readers + i);
      }
    turn(on_pull_frame, 5);
    if (found.read != before) {
      before = found.read;
      end = last_news = now();
    }
  }
  for (uint64_t id = 0; id < next_id; id++)
    if (acked[id] != 0 && !seen[id]) found.missing++;
  for (int i = 0; i < options.queues; i++) close_connection(readers + i);
  return (double)(end - start) * 1e-9;
}

static void parse(int count, char **words) {
  for (int i = 1; i + 1 < count; i += 2) {
    const char *name = words[i], *value = words[i + 1];
    if (!strcmp(name, "--port")) options.port = atoi(value);
    else if (!strcmp(name, "--topic")) options.topic = value;
    else if (!strcmp(name, "--connections")) options.connections = atoi(value);
    else if (!strcmp(name, "--in-flight")) options.in_flight = atoi(value);
    else if (!strcmp(name, "--body")) options.body = atoi(value);
    else if (!strcmp(name, "--queues")) options.queues = atoi(value);
    else if (!strcmp(name, "--header")) options.binary = !strcmp(value, "binary");
    else if (!strcmp(name, "--warm")) options.warm = atof(value);
    else if (!strcmp(name, "--seconds")) options.seconds = atof(value);
    else if (!strcmp(name, "--read-back")) options.read_back = !strcmp(value, "yes");
    else if (!strcmp(name, "--coalesce")) options.coalesce = strcmp(value, "no") != 0;
    else {
      fprintf(stderr, "load: unknown option %s\n", name);
      exit(2);
    }
  }
  if (count % 2 == 0 || options.body < 16 || options.body > (int)POOL_SIZE / 2 || options.queues < 1 || options.queues > 10 ||
      options.connections < 1 || options.in_flight < 1) {
    fprintf(stderr, "load: --body takes 16 to %u, --queues 1 to 10, --connections and --in-flight 1 or more\n", POOL_SIZE / 2);
    exit(2);
  }
}

static double cpu_seconds(void) {
  struct rusage r;
  getrusage(RUSAGE_SELF, &r);
  return (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) + (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) * 1e-6;
}

int main(int count, char **words) {
  parse(count, words);
  crc_prepare();
  make_pool();
  make_templates();
  size_t slots = (size_t)options.connections * (size_t)options.in_flight;
  slot_time = calloc(slots, 8);
  slot_id = calloc(slots, 8);
  connection *all = calloc((size_t)options.connections, sizeof *all);
  poller = epoll_create1(0);
  for (int i = 0; i < options.connections; i++) open_connection(all + i, i, options.in_flight);

  uint64_t start = now(), counted_from = 0;
  for (int i = 0; i < options.connections; i++) {
    while (all[i].free_count > 0) send_one(all + i, now());
    flush(all + i);
  }
  double cpu = 0;
  for (;;) {
    uint64_t time = now();
    double passed = (double)(time - start) * 1e-9;
    if (passed >= options.warm + options.seconds) break;
    if (!measuring && passed >= options.warm) {
      measuring = 1;
      counted_from = time;
      cpu = cpu_seconds();
    }
    turn(on_send_frame, 1);
  }
  measuring = 0;
  stopping = 1;
  double seconds = (double)(now() - counted_from) * 1e-9;
  cpu = (cpu_seconds() - cpu) / seconds * 100;
  start = now();
  while (all_acks + errors < next_id && (double)(now() - start) * 1e-9 < DRAIN_SECONDS) turn(on_send_frame, 5);
  uint64_t unanswered = next_id - all_acks - errors;
  for (int i = 0; i < options.connections; i++) close_connection(all + i);
  close(poller);
  /* Whoever watches the broker's CPU time takes it now: what follows is reading. */
  fprintf(stderr, "sent\n");

  double read_seconds = options.read_back ? read_back() : 0;
  printf("{\"connections\":%d,\"inFlight\":%d,\"body\":%d,\"header\":\"%s\",\"perSecond\":%.0f,", options.connections,
         options.in_flight, options.body, options.binary ? "binary" : "json", (double)measured / seconds);
  printf("\"p50Ms\":%.3f,\"p90Ms\":%.3f,\"p99Ms\":%.3f,\"p999Ms\":%.3f,\"maxMs\":%.3f,\"generatorCpu\":%.0f,",
         histogram_at(&latencies, .5), histogram_at(&latencies, .9), histogram_at(&latencies, .99),
         histogram_at(&latencies, .999), histogram_at(&latencies, 1), cpu);
  printf("\"sent\":%lu,\"acked\":%lu,\"errors\":%lu,\"firstError\":%ld,\"unanswered\":%lu,", next_id, all_acks, errors,
         first_error, unanswered);
  printf("\"readBack\":{\"read\":%lu,\"perSecond\":%.0f,\"missing\":%lu,\"duplicated\":%lu,\"unexpected\":%lu,", found.read,
         read_seconds > 0 ? (double)found.read / read_seconds : 0, found.missing, found.duplicated, found.unexpected);
  printf("\"damaged\":%lu,\"misplaced\":%lu,\"gaps\":%lu,\"errors\":%lu}}\n", found.damaged, found.misplaced, found.gaps,
         found.pull_errors);
  return 0;
}
