import Glibc

/// A small file system in memory, for what would fill or lock a real one.
enum Disk {
    static func mount(at path: String) -> Bool { Glibc.mount("tmpfs", path, "tmpfs", 0, "size=4m") == 0 }

    static func remount(_ path: String, readOnly: Bool) -> Bool {
        Glibc.mount("tmpfs", path, "tmpfs", UInt(MS_REMOUNT) | (readOnly ? UInt(MS_RDONLY) : 0), "size=4m") == 0
    }

    static func unmount(_ path: String) {
        umount2(path, Int32(MNT_DETACH))
    }
}
