extension Schema {
    /// The key paths of the settings that differ, in the order of their declaration.
    ///
    /// A secret that is kept in a file is the same as long as the file is.
    public func changes(from old: Root, to new: Root) -> [String] {
        declarations.compactMap { declaration in
            guard declaration.verdict.isWorking, !declaration.path.isEmpty, let access = declaration.access else {
                return nil
            }
            return access.write(old) == access.write(new) ? nil : SettingPath(declaration.path).description
        }
    }
}
