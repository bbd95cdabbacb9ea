/*
 * The few parts of the RocketMQ wire that the generator needs: big-endian numbers, request frames from templates,
 * the fields of a response header, CRC-32 as stored messages carry it.
 */
#ifndef MQ_BENCH_WIRE_H
#define MQ_BENCH_WIRE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline uint32_t get32(const uint8_t *p) {
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline uint64_t get64(const uint8_t *p) { return (uint64_t)get32(p) << 32 | get32(p + 4); }

static inline void put16(uint8_t *p, uint32_t v) {
  p[0] = (uint8_t)(v >> 8);
  p[1] = (uint8_t)v;
}

static inline void put32(uint8_t *p, uint32_t v) {
  put16(p, v >> 16);
  put16(p + 2, v);
}

/* Right-aligned decimal digits, filled with zeros: a number of fixed width can be patched into a prepared frame. */
static inline void put_digits(uint8_t *p, int width, uint64_t v) {
  while (width > 0) {
    p[--width] = (uint8_t)('0' + v % 10);
    v /= 10;
  }
}

static inline void put_hex(uint8_t *p, int width, uint64_t v) {
  while (width > 0) {
    p[--width] = (uint8_t) "0123456789ABCDEF"[v & 15];
    v >>= 4;
  }
}

static inline uint64_t get_hex(const uint8_t *p, int width) {
  uint64_t v = 0;
  for (int i = 0; i < width; i++) v = v << 4 | (uint64_t)(p[i] <= '9' ? p[i] - '0' : p[i] - 'A' + 10);
  return v;
}

static uint32_t crc_tables[8][256];

static inline void crc_prepare(void) {
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t c = i;
    for (int k = 0; k < 8; k++) c = c & 1 ? 0xEDB88320u ^ (c >> 1) : c >> 1;
    crc_tables[0][i] = c;
  }
  for (uint32_t i = 0; i < 256; i++)
    for (int t = 1; t < 8; t++)
      crc_tables[t][i] = crc_tables[0][crc_tables[t - 1][i] & 255] ^ (crc_tables[t - 1][i] >> 8);
}

/* CRC-32 with the top bit cleared, as RocketMQ stores it. Eight bytes a step (little-endian machines only). */
static inline uint32_t body_crc(const uint8_t *p, size_t n) {
  uint32_t c = 0xFFFFFFFFu;
  for (; n >= 8; n -= 8, p += 8) {
    uint32_t low, high;
    memcpy(&low, p, 4);
    memcpy(&high, p + 4, 4);
    low ^= c;
    c = crc_tables[7][low & 255] ^ crc_tables[6][low >> 8 & 255] ^ crc_tables[5][low >> 16 & 255] ^
        crc_tables[4][low >> 24] ^ crc_tables[3][high & 255] ^ crc_tables[2][high >> 8 & 255] ^
        crc_tables[1][high >> 16 & 255] ^ crc_tables[0][high >> 24];
  }
  while (n-- > 0) c = crc_tables[0][(c ^ *p++) & 255] ^ (c >> 8);
  return (c ^ 0xFFFFFFFFu) & 0x7FFFFFFFu;
}

/* A request frame whose changing parts have a fixed place and width. */
typedef struct {
  uint8_t *bytes;
  size_t size;
  size_t opaque;
  int binary;
  size_t queue;  /* one digit */
  size_t unique; /* 16 hex digits, in a send */
  size_t offset; /* 15 digits, in a pull */
  size_t body;
} template;

#define OPAQUE_BASE 1000000000u
#define OFFSET_DIGITS 15
#define UNIQUE_HEAD "AC11000100002A9F"

typedef struct {
  uint8_t *at;
  uint8_t *start;
} writer;

static inline void ext(writer *w, int binary, const char *key, const char *value) {
  size_t kn = strlen(key), vn = strlen(value);
  if (!binary) {
    /* Property separators are control characters, which JSON wants escaped. */
    w->at += sprintf((char *)w->at, "%s\"%s\":\"", w->at[-1] == '{' ? "" : ",", key);
    for (size_t i = 0; i < vn; i++) {
      if ((uint8_t)value[i] < 32)
        w->at += sprintf((char *)w->at, "\\u%04x", value[i]);
      else
        *w->at++ = (uint8_t)value[i];
    }
    *w->at++ = '"';
    return;
  }
  put16(w->at, (uint32_t)kn);
  memcpy(w->at + 2, key, kn);
  put32(w->at + 2 + kn, (uint32_t)vn);
  memcpy(w->at + 6 + kn, value, vn);
  w->at += 6 + kn + vn;
}

static inline size_t find(const template *t, const char *text, size_t n) {
  const uint8_t *hit = memmem(t->bytes, t->size, text, n);
  if (hit == NULL) {
    fprintf(stderr, "the frame template has lost its %s\n", text);
    exit(1);
  }
  return (size_t)(hit - t->bytes);
}

/* `fields` = key, value, key, value, …, NULL. In `fields` "@Q" marks the queue, "@OFFSET" a pull's offset. */
static inline template make_template(int code, int binary, const char *const *fields, size_t body_size) {
  template t = {.binary = binary};
  t.bytes = calloc(1, 16384 + body_size);
  writer w = {.at = t.bytes + 8, .start = t.bytes + 8};
  uint8_t *ext_length = NULL;
  if (binary) {
    put16(w.at, (uint32_t)code);
    w.at[2] = 0; /* JAVA */
    put16(w.at + 3, 513);
    t.opaque = (size_t)(w.at + 5 - t.bytes);
    put32(w.at + 9, 0);
    put32(w.at + 13, 0);
    ext_length = w.at + 17;
    w.at += 21;
  } else {
    w.at += sprintf((char *)w.at, "{\"code\":%d,\"extFields\":{", code);
  }
  for (int i = 0; fields[i] != NULL; i += 2) ext(&w, binary, fields[i], fields[i + 1]);
  if (binary)
    put32(ext_length, (uint32_t)(w.at - ext_length - 4));
  else
    w.at += sprintf((char *)w.at,
                    "},\"flag\":0,\"language\":\"JAVA\",\"opaque\":%u,\"serializeTypeCurrentRPC\":\"JSON\",\"version\":513}",
                    OPAQUE_BASE);
  size_t header = (size_t)(w.at - w.start);
  t.body = 8 + header;
  t.size = t.body + body_size;
  put32(t.bytes, (uint32_t)(t.size - 4));
  put32(t.bytes + 4, (binary ? 1u << 24 : 0u) | (uint32_t)header);
  if (!binary) t.opaque = find(&t, "\"opaque\":", 9) + 9;
  return t;
}

static inline void set_opaque(const template *t, uint8_t *frame, uint32_t opaque) {
  if (t->binary)
    put32(frame + t->opaque, opaque);
  else
    put_digits(frame + t->opaque, 10, opaque);
}

/* What a response header says; -1 = the field is not there. */
typedef struct {
  int64_t code, opaque, queue, queue_offset, next_offset;
} reply;

static inline int64_t json_number(const uint8_t *h, size_t n, const char *name) {
  const uint8_t *p = memmem(h, n, name, strlen(name));
  if (p == NULL) return -1;
  p += strlen(name);
  if (*p == '"') p++;
  int negative = *p == '-';
  if (negative) p++;
  int64_t v = 0;
  while (*p >= '0' && *p <= '9') v = v * 10 + (*p++ - '0');
  return negative ? -v : v;
}

static inline int64_t text_number(const uint8_t *p, uint32_t n) {
  int64_t v = 0;
  for (uint32_t i = 0; i < n; i++)
    if (p[i] >= '0' && p[i] <= '9') v = v * 10 + (p[i] - '0');
  return v;
}

static inline reply read_reply(const uint8_t *h, size_t n, int binary, int pull) {
  reply r = {-1, -1, -1, -1, -1};
  if (!binary) {
    r.code = json_number(h, n, "\"code\":");
    r.opaque = json_number(h, n, "\"opaque\":");
    if (pull) {
      r.next_offset = json_number(h, n, "\"nextBeginOffset\":");
    } else {
      r.queue = json_number(h, n, "\"queueId\":");
      r.queue_offset = json_number(h, n, "\"queueOffset\":");
    }
    return r;
  }
  r.code = (int16_t)(h[0] << 8 | h[1]);
  r.opaque = get32(h + 5);
  const uint8_t *p = h + 17 + get32(h + 13);
  const uint8_t *end = p + 4 + get32(p);
  for (p += 4; p < end;) {
    uint32_t kn = (uint32_t)(p[0] << 8 | p[1]);
    uint32_t vn = get32(p + 2 + kn);
    const uint8_t *value = p + 6 + kn;
    if (kn == 7 && memcmp(p + 2, "queueId", 7) == 0) r.queue = text_number(value, vn);
    if (kn == 11 && memcmp(p + 2, "queueOffset", 11) == 0) r.queue_offset = text_number(value, vn);
    if (kn == 15 && memcmp(p + 2, "nextBeginOffset", 15) == 0) r.next_offset = text_number(value, vn);
    p = value + vn;
  }
  return r;
}

#endif
