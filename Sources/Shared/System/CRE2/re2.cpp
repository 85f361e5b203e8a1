#include "CRE2.h"

#include <re2/re2.h>

#include <cstring>
#include <new>

struct re2_expression {
    re2::RE2 expression;
};

namespace {

re2::RE2::Options options(int64_t memory_limit) {
    re2::RE2::Options options;
    options.set_dot_nl(true);
    options.set_log_errors(false);
    options.set_never_capture(true);
    options.set_max_mem(memory_limit);
    return options;
}

void copy(const std::string &text, char *target, size_t capacity) {
    if (capacity == 0) return;
    const size_t length = std::min(text.size(), capacity - 1);
    std::memcpy(target, text.data(), length);
    target[length] = 0;
}

}  // namespace

re2_expression *re2_compile(
    const char *pattern, size_t length, int64_t memory_limit, char *error, size_t error_capacity) {
    auto *compiled = new (std::nothrow)
        re2_expression{re2::RE2(re2::StringPiece(pattern, length), options(memory_limit))};
    if (compiled == nullptr) {
        copy("out of memory", error, error_capacity);
        return nullptr;
    }
    if (!compiled->expression.ok()) {
        copy(compiled->expression.error(), error, error_capacity);
        delete compiled;
        return nullptr;
    }
    return compiled;
}

bool re2_matches(const re2_expression *expression, const char *text, size_t length) {
    return expression->expression.Match(
        re2::StringPiece(text, length), 0, length, re2::RE2::ANCHOR_BOTH, nullptr, 0);
}

int re2_program_size(const re2_expression *expression) {
    return expression->expression.ProgramSize();
}

void re2_release(re2_expression *expression) {
    delete expression;
}
