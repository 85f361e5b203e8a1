#pragma once
// Linux-only and GNU-only calls that Swift's Glibc module leaves out; it is built without _GNU_SOURCE.
#include <malloc.h>
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/vfs.h>
#include <unistd.h>

int accept4(int socket, struct sockaddr *address, socklen_t *length, int flags);
void *memmem(const void *haystack, size_t haystack_length, const void *needle, size_t needle_length);
int pipe2(int descriptors[2], int flags);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);
long syscall(long number, ...);

// ioctl is variadic, and so invisible to Swift.
static inline int socket_unacknowledged(int socket) {
    int bytes = 0;
    return ioctl(socket, TIOCOUTQ, &bytes) == 0 ? bytes : -1;
}

// prctl too: descendants whose parent has ended become this process's children.
static inline int adopt_orphans(void) {
    return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

// syscall as well: a descriptor that becomes readable when a child of this process ends; kernels before 5.3 have none.
static inline int process_handle(pid_t process) {
    return (int)syscall(SYS_pidfd_open, process, 0);
}
