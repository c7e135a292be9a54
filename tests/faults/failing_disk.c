/* A disk that fails: loaded before the C library, it lets calls on files below a folder fail with EIO now and then.
   EIO_UNDER: the folder. EIO_WHEN: fails only while this file exists. EIO_EVERY: one call in so many.
   EIO_CALLS: which of r(ead) w(rite) s(ync) m(ove, remove, truncate). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static unsigned state = 1;

static int chosen(char kind) {
  const char *calls = getenv("EIO_CALLS"), *when = getenv("EIO_WHEN"), *every = getenv("EIO_EVERY");
  if (!calls || !when || !every || !strchr(calls, kind) || access(when, F_OK) != 0) return 0;
  state = state * 1103515245u + 12345u;
  return (state >> 16) % (unsigned)atoi(every) == 0;
}

static int below(const char *path) {
  const char *under = getenv("EIO_UNDER");
  return under && strncmp(path, under, strlen(under)) == 0;
}

static int fails(int fd, char kind) {
  char link[64], path[4096];
  ssize_t length;
  int kept = errno;
  if (!getenv("EIO_UNDER")) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink(link, path, sizeof path - 1);
  errno = kept;
  if (length <= 0) return 0;
  path[length] = 0;
  if (!below(path) || !chosen(kind)) return 0;
  errno = EIO;
  return 1;
}

#define REAL(name, type) static __typeof__(type) *real; if (!real) real = (__typeof__(type) *)dlsym(RTLD_NEXT, name)

ssize_t pread(int fd, void *to, size_t n, off_t at) {
  REAL("pread", ssize_t (int, void *, size_t, off_t));
  return fails(fd, 'r') ? -1 : real(fd, to, n, at);
}
ssize_t pread64(int fd, void *to, size_t n, off64_t at) {
  REAL("pread64", ssize_t (int, void *, size_t, off64_t));
  return fails(fd, 'r') ? -1 : real(fd, to, n, at);
}
ssize_t read(int fd, void *to, size_t n) {
  REAL("read", ssize_t (int, void *, size_t));
  return fails(fd, 'r') ? -1 : real(fd, to, n);
}
ssize_t write(int fd, const void *from, size_t n) {
  REAL("write", ssize_t (int, const void *, size_t));
  return fails(fd, 'w') ? -1 : real(fd, from, n);
}
ssize_t pwrite(int fd, const void *from, size_t n, off_t at) {
  REAL("pwrite", ssize_t (int, const void *, size_t, off_t));
  return fails(fd, 'w') ? -1 : real(fd, from, n, at);
}
ssize_t pwrite64(int fd, const void *from, size_t n, off64_t at) {
  REAL("pwrite64", ssize_t (int, const void *, size_t, off64_t));
  return fails(fd, 'w') ? -1 : real(fd, from, n, at);
}
int fsync(int fd) {
  REAL("fsync", int (int));
  return fails(fd, 's') ? -1 : real(fd);
}
int fdatasync(int fd) {
  REAL("fdatasync", int (int));
  return fails(fd, 's') ? -1 : real(fd);
}
int ftruncate(int fd, off_t n) {
  REAL("ftruncate", int (int, off_t));
  return fails(fd, 'm') ? -1 : real(fd, n);
}
int ftruncate64(int fd, off64_t n) {
  REAL("ftruncate64", int (int, off64_t));
  return fails(fd, 'm') ? -1 : real(fd, n);
}
int rename(const char *from, const char *to) {
  REAL("rename", int (const char *, const char *));
  if (below(to) && chosen('m')) { errno = EIO; return -1; }
  return real(from, to);
}
int unlink(const char *path) {
  REAL("unlink", int (const char *));
  if (below(path) && chosen('m')) { errno = EIO; return -1; }
  return real(path);
}
