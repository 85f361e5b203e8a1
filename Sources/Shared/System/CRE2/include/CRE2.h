#pragma once
// RE2 for C, and so for Swift: as much of it as anchored matching needs.
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct re2_expression re2_expression;

/// Returns null, and a text in `error` (cut to its capacity, and always ended), where the pattern is none.
re2_expression *re2_compile(
    const char *pattern, size_t length, int64_t memory_limit, char *error, size_t error_capacity);

/// Whether the whole text matches. Any number of threads may ask at once.
bool re2_matches(const re2_expression *expression, const char *text, size_t length);

/// How many instructions it was compiled to; time and memory for that grow with them.
int re2_program_size(const re2_expression *expression);

void re2_release(re2_expression *expression);

#ifdef __cplusplus
}
#endif
