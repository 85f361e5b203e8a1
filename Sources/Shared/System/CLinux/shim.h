#pragma once
// GNU-only calls that Swift's Glibc module leaves out, because it is built without _GNU_SOURCE.
#include <stddef.h>
#include <sys/socket.h>

int accept4(int socket, struct sockaddr *address, socklen_t *length, int flags);
void *memmem(const void *haystack, size_t haystack_length, const void *needle, size_t needle_length);
int pipe2(int descriptors[2], int flags);
