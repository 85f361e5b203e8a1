#pragma once

/// The commit this binary was built from, or "unknown".
extern const char *const build_commit;
