/*
 * Preloaded into a victim: makes fsync and fdatasync of some files slow, or fail once.
 *   FAULT_SLOW=.ldb:1500,.log:200     milliseconds by ending of the path
 *   FAULT_FAIL=.log:20                the 20th call for such a file fails with EIO
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int calls;

static int ends_with(const char *path, const char *ending, size_t n) {
  size_t length = strlen(path);
  return length >= n && strncmp(path + length - n, ending, n) == 0;
}

/* The number behind the ending in `rules` that `path` has, or 0. */
static long rule_for(const char *rules, const char *path) {
  while (rules != NULL && *rules != 0) {
    const char *colon = strchr(rules, ':');
    if (colon == NULL) return 0;
    if (ends_with(path, rules, (size_t)(colon - rules))) return strtol(colon + 1, NULL, 10);
    rules = strchr(colon, ',');
    if (rules != NULL) rules++;
  }
  return 0;
}

static int faulted(int fd) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, sizeof path - 1);
  if (n < 0) return 0;
  path[n] = 0;
  long slow = rule_for(getenv("FAULT_SLOW"), path);
  if (slow > 0) usleep((useconds_t)slow * 1000);
  long fail = rule_for(getenv("FAULT_FAIL"), path);
  return fail > 0 && __sync_add_and_fetch(&calls, 1) == fail;
}

#define INTERPOSE(name)                                        \
  int name(int fd) {                                           \
    static int (*real)(int);                                   \
    if (real == NULL) *(void **)&real = dlsym(RTLD_NEXT, #name); \
    if (faulted(fd)) {                                         \
      errno = EIO;                                             \
      return -1;                                               \
    }                                                          \
    return real(fd);                                           \
  }

INTERPOSE(fsync)
INTERPOSE(fdatasync)
