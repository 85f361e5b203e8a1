#pragma once
// Linux-only and GNU-only calls that Swift's Glibc module leaves out; it is built without _GNU_SOURCE.
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

int accept4(int socket, struct sockaddr *address, socklen_t *length, int flags);
void *memmem(const void *haystack, size_t haystack_length, const void *needle, size_t needle_length);
