#pragma once
// Linux-only and GNU-only calls that Swift's Glibc module leaves out; it is built without _GNU_SOURCE.
#include <malloc.h>
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/vfs.h>

int accept4(int socket, struct sockaddr *address, socklen_t *length, int flags);
void *memmem(const void *haystack, size_t haystack_length, const void *needle, size_t needle_length);
int pipe2(int descriptors[2], int flags);

// ioctl is variadic, and so invisible to Swift.
static inline int socket_unacknowledged(int socket) {
    int bytes = 0;
    return ioctl(socket, TIOCOUTQ, &bytes) == 0 ? bytes : -1;
}

// prctl too: descendants whose parent has ended become this process's children.
static inline int adopt_orphans(void) {
    return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}
