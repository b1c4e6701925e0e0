// Linux calls that the C library declares only for _GNU_SOURCE, which its Swift module is built
// without. Declarations alone: the code is in libc.
#include <stddef.h>

int pipe2(int ends[2], int flags);
int memfd_create(const char *name, unsigned int flags);
int accept4(int socket, void *address, unsigned int *length, int flags);
int eventfd(unsigned int count, int flags);
long splice(int from, long *from_offset, int to, long *to_offset, size_t length, unsigned int flags);

enum { LINUX_F_SETPIPE_SZ = 1031 };
enum { LINUX_SPLICE_F_MOVE = 1, LINUX_SPLICE_F_NONBLOCK = 2 };

// How the C library manages memory.
int mallopt(int parameter, int value);
enum { LINUX_M_ARENA_MAX = -8 };

int memfd_create(const char *name, unsigned int flags);
