import CLinux

/// How this process's memory is managed.
public enum Allocator {
    /// Has blocks from a megabyte on given back to the kernel as soon as they are freed.
    ///
    /// By itself glibc raises this mark to the size of the largest block that was ever freed, up to 32 MB, and keeps twice
    /// as much for later: a process that makes large bodies now and then would seem to need them always.
    ///
    /// With that mark fixed, glibc would give back any 128 KB that are free at an arena's end, and take them again for the
    /// next piece of a body: it keeps as much as the mark.
    public static func returnLargeBlocks() {
        mallopt(M_MMAP_THRESHOLD, 1 << 20)
        mallopt(M_TRIM_THRESHOLD, 1 << 20)
    }
}
