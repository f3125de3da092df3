/* Files that fail, and a diary of every change: preloaded into a process, under libc's own calls.

   Only what lies under one folder counts. Each change (a file made, written, cut, synced, renamed,
   deleted, a folder made) is counted; from the nth on, or the nth alone, those of the chosen sorts
   fail with the chosen errno and leave everything as it was. With a diary, each change that was
   made is written to it in order: with it every state that a power cut could leave is built
   afterwards (power_cuts.py). Memory-mapped files are not seen: SQLite maps its log's index alone,
   which a start after a power cut builds anew. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { MAKE = 1, WRITE = 2, CUT = 4, SYNC = 8, RENAME = 16, DELETE = 32, FOLDER = 64, SYNC_FOLDER = 128,
       OPEN = 256 };
enum { FDS = 4096 };

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static char *paths[FDS];
static int is_folder[FDS];
static char root[PATH_MAX];
static size_t root_length;
static long counted, failed, first, last;
static int chosen, with_errno, half, diary = -1;

/* Called from the process itself (failing_files.py). */
void faults_under(const char *folder) { strncpy(root, folder, PATH_MAX - 1); root_length = strlen(root); }
void faults_diary(int descriptor) { diary = descriptor; }
void faults_plan(int sorts, long from, long to, int error, int halves) {
    chosen = sorts; first = from; last = to; with_errno = error; half = halves; counted = failed = 0;
}
long faults_counted(void) { return counted; }
long faults_failed(void) { return failed; }

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static ssize_t put(const void *data, size_t length) {
    static ssize_t (*real)(int, const void *, size_t);
    if (!real) real = (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    return real(diary, data, length);
}

static void note(int sort, const char *path, const char *other, int64_t offset, const void *data, uint64_t length) {
    if (diary < 0) return;
    int saved = errno;
    uint32_t head[3] = {(uint32_t)sort, (uint32_t)strlen(path), other ? (uint32_t)strlen(other) : 0};
    uint64_t tail[2] = {(uint64_t)offset, data ? length : 0};
    put(head, sizeof head); put(tail, sizeof tail);
    put(path, head[1]); if (other) put(other, head[2]);
    if (data) put(data, length);
    errno = saved;
}

/* The absolute path where it lies in the folder, else NULL. */
static char *ours(int at, const char *path, char *into) {
    if (!root_length || !path) return NULL;
    if (path[0] == '/') { strncpy(into, path, PATH_MAX - 1); into[PATH_MAX - 1] = 0; }
    else {
        char base[PATH_MAX];
        if (at == AT_FDCWD) { if (!getcwd(base, sizeof base)) return NULL; }
        else if (at >= 0 && at < FDS && paths[at]) strcpy(base, paths[at]);
        else return NULL;
        if (strlen(base) + strlen(path) + 2 > PATH_MAX) return NULL;
        strcpy(into, base); strcat(into, "/"); strcat(into, path);
    }
    char after = strncmp(into, root, root_length) ? 'x' : into[root_length];
    return after == '/' || !after ? into : NULL;
}

/* Count a change; say whether it is to fail. */
static int fails(int sort) {
    if (!(sort & chosen)) { if (sort != OPEN) (void)0; return 0; }
    counted++;
    if (first && counted >= first && (!last || counted <= last)) { failed++; errno = with_errno; return 1; }
    return 0;
}

static void remember(int fd, const char *path, int folder) {
    if (fd < 0 || fd >= FDS) return;
    free(paths[fd]); paths[fd] = strdup(path); is_folder[fd] = folder;
}

static const char *of(int fd) { return fd >= 0 && fd < FDS ? paths[fd] : NULL; }

typedef int opener(int, const char *, int, ...);

static int opened(opener *real, int at, const char *path, int flags, mode_t mode) {
    char full[PATH_MAX];
    if (!ours(at, path, full)) return real(at, path, flags, mode);
    pthread_mutex_lock(&turn);
    struct stat there;
    int is_there = !stat(full, &there), fd = -1;
    int makes = !is_there && (flags & O_CREAT), writes = (flags & O_ACCMODE) != O_RDONLY;
    int cuts = is_there && (flags & O_TRUNC) && writes && there.st_size;
    if (!((makes && fails(MAKE)) || (cuts && fails(CUT)) || (writes && !makes && !cuts && fails(OPEN)))) {
        fd = real(at, path, flags, mode);
        if (fd >= 0) {
            remember(fd, full, is_there && S_ISDIR(there.st_mode));
            if (makes) note(MAKE, full, NULL, 0, NULL, 0);
            if (cuts) note(CUT, full, NULL, 0, NULL, 0);
        }
    }
    pthread_mutex_unlock(&turn);
    return fd;
}

#define MODE va_list more; va_start(more, flags); mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0; va_end(more)
static int by_openat(int at, const char *path, int flags, ...) { MODE; REAL(openat); return real(at, path, flags, mode); }
int open(const char *path, int flags, ...) { MODE; return opened(by_openat, AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE; return opened(by_openat, AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE; return opened(by_openat, at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE; return opened(by_openat, at, path, flags, mode); }

int close(int fd) {
    REAL(close);
    pthread_mutex_lock(&turn);
    if (fd >= 0 && fd < FDS && paths[fd]) { free(paths[fd]); paths[fd] = NULL; }
    pthread_mutex_unlock(&turn);
    return real(fd);
}

/* A write that fails may have written a part before: half of it, once. */
static ssize_t written(int fd, const void *data, size_t length, off_t offset, int moves) {
    static ssize_t (*real_p)(int, const void *, size_t, off_t);
    static ssize_t (*real_w)(int, const void *, size_t);
    if (!real_p) real_p = (ssize_t (*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, "pwrite");
    if (!real_w) real_w = (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    const char *path = of(fd);
    if (!path) return moves ? real_w(fd, data, length) : real_p(fd, data, length, offset);
    pthread_mutex_lock(&turn);
    ssize_t done = -1;
    long before = failed;
    if (fails(WRITE) && half && !before && length > 1) { length /= 2; errno = 0; }
    if (failed == before || (half && !before && length)) {
        if (moves) {
            struct stat now;
            offset = (fcntl(fd, F_GETFL) & O_APPEND) && !fstat(fd, &now) ? now.st_size : lseek(fd, 0, SEEK_CUR);
        }
        done = moves ? real_w(fd, data, length) : real_p(fd, data, length, offset);
        if (done > 0) note(WRITE, path, NULL, offset, data, (uint64_t)done);
    }
    pthread_mutex_unlock(&turn);
    return done;
}

ssize_t write(int fd, const void *data, size_t length) { return written(fd, data, length, 0, 1); }
ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) { return written(fd, data, length, offset, 0); }
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) { return written(fd, data, length, offset, 0); }
ssize_t writev(int fd, const struct iovec *parts, int count) {
    REAL(writev);
    if (!of(fd)) return real(fd, parts, count);
    ssize_t all = 0;
    for (int one = 0; one < count; one++) {
        ssize_t done = written(fd, parts[one].iov_base, parts[one].iov_len, 0, 1);
        if (done < 0) return all ? all : done;
        all += done;
        if ((size_t)done < parts[one].iov_len) break;
    }
    return all;
}

/* Copies within the system are written here as any other: so the diary has what they write. */
static ssize_t sent(int to, int from, off_t *offset, size_t length) {
    REAL(sendfile);
    if (!of(to)) return real(to, from, offset, length);
    char part[65536];
    off_t at = offset ? *offset : lseek(from, 0, SEEK_CUR);
    ssize_t got = pread(from, part, length < sizeof part ? length : sizeof part, at);
    if (got <= 0) return got;
    ssize_t done = written(to, part, (size_t)got, 0, 1);
    if (done > 0) { if (offset) *offset += done; else lseek(from, at + done, SEEK_SET); }
    return done;
}
ssize_t sendfile(int to, int from, off_t *offset, size_t length) { return sent(to, from, offset, length); }
ssize_t sendfile64(int to, int from, off64_t *offset, size_t length) { return sent(to, from, (off_t *)offset, length); }

static int cut(int fd, off_t size) {
    REAL(ftruncate);
    const char *path = of(fd);
    if (!path) return real(fd, size);
    pthread_mutex_lock(&turn);
    int done = fails(CUT) ? -1 : real(fd, size);
    if (!done) note(CUT, path, NULL, size, NULL, 0);
    pthread_mutex_unlock(&turn);
    return done;
}
int ftruncate(int fd, off_t size) { return cut(fd, size); }
int ftruncate64(int fd, off64_t size) { return cut(fd, size); }

static int synced(int fd, int (*real)(int)) {
    const char *path = of(fd);
    if (!path) return real(fd);
    pthread_mutex_lock(&turn);
    int sort = is_folder[fd] ? SYNC_FOLDER : SYNC;
    int done = fails(sort) ? -1 : real(fd);
    if (!done) note(sort, path, NULL, 0, NULL, 0);
    pthread_mutex_unlock(&turn);
    return done;
}
int fsync(int fd) { REAL(fsync); return synced(fd, real); }
int fdatasync(int fd) { REAL(fdatasync); return synced(fd, real); }

static int renamed(int from_at, const char *from, int to_at, const char *to) {
    REAL(renameat);
    char one[PATH_MAX], other[PATH_MAX];
    if (!ours(from_at, from, one) || !ours(to_at, to, other)) return real(from_at, from, to_at, to);
    pthread_mutex_lock(&turn);
    int done = fails(RENAME) ? -1 : real(from_at, from, to_at, to);
    if (!done) note(RENAME, one, other, 0, NULL, 0);
    pthread_mutex_unlock(&turn);
    return done;
}
int rename(const char *from, const char *to) { return renamed(AT_FDCWD, from, AT_FDCWD, to); }
int renameat(int from_at, const char *from, int to_at, const char *to) { return renamed(from_at, from, to_at, to); }

static int deleted(int at, const char *path, int flags) {
    REAL(unlinkat);
    char full[PATH_MAX];
    struct stat there;
    if (!ours(at, path, full) || lstat(full, &there)) return real(at, path, flags);
    pthread_mutex_lock(&turn);
    int done = fails(DELETE) ? -1 : real(at, path, flags);
    if (!done) note(DELETE, full, NULL, 0, NULL, 0);
    pthread_mutex_unlock(&turn);
    return done;
}
int unlink(const char *path) { return deleted(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return deleted(AT_FDCWD, path, AT_REMOVEDIR); }
int unlinkat(int at, const char *path, int flags) { return deleted(at, path, flags); }

static int folder(int at, const char *path, mode_t mode) {
    REAL(mkdirat);
    char full[PATH_MAX];
    struct stat there;
    if (!ours(at, path, full) || !stat(full, &there)) return real(at, path, mode);
    pthread_mutex_lock(&turn);
    int done = fails(FOLDER) ? -1 : real(at, path, mode);
    if (!done) note(FOLDER, full, NULL, 0, NULL, 0);
    pthread_mutex_unlock(&turn);
    return done;
}
int mkdir(const char *path, mode_t mode) { return folder(AT_FDCWD, path, mode); }
int mkdirat(int at, const char *path, mode_t mode) { return folder(at, path, mode); }
