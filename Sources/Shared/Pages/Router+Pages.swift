public import HTTP
public import HTTPServer

extension Router {
    /// A page at `/` with all that it is made of, under `/page/`.
    ///
    /// It is open to everybody, as `/metrics` is: documents must not say more than that does.
    ///
    /// - Parameter documents: by their paths.
    public mutating func addPage(
        _ files: [PageFile], documents: [String: PageDocument]
    ) throws(RouteError) {
        for file in files + Self.commonFiles {
            try add(.get, file.path) { _ in .prepared(file.response) }
        }
        for (path, document) in documents {
            try add(.get, path) { document.answer(to: $0) }
        }
    }

    private static let commonFiles = [
        PageFile("/page/page.css", .css, PackageResources.page_css),
        PageFile("/page/page.js", .script, PackageResources.page_js),
        PageFile("/page/icon.svg", .svg, PackageResources.icon_svg),
    ]
}
