import HTTP
public import HTTPServer

extension Router {
    public mutating func add(_ federation: Federation) {
        addFederation { federation.answer(to: $0) }
    }

    /// Routes, methods and redirects as Prometheus has them.
    public mutating func addFederation(_ answer: @escaping Handler) {
        do throws(RouteError) {
            try add(.get, "/federate", hasHead: false, answer)
            try add(.get, "/federate/") { request in
                let query = request.target.query.map { "?" + $0 } ?? ""
                return .response(Response(.movedPermanently, ["Location": "/federate" + query], body: []))
            }
        } catch {
            preconditionFailure("\(error)")
        }
    }
}
