import HTTPServer

/// A request to this program, where `Request` would be taken for a question to slurmrestd.
typealias WebRequest = Request
