import CLinux

/// How the C library hands out memory.
enum Memory {
    /// One arena for all threads: a step frees on one thread what another has allocated, and with an arena for each of
    /// them half of all memory lies about unused (mallopt(3)).
    static func keepTogether() {
        mallopt(M_ARENA_MAX, 1)
    }
}
