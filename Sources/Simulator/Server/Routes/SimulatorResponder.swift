import HTTP
import HTTPServer

/// Everything that a simulator answers: slurmrestd's paths, and its own below `/simulator`.
struct SimulatorResponder: Responder {
    let slurmrestd: Slurmrestd
    let control: Router

    func answer(to request: Request) -> RoutedAnswer {
        let path = request.target.path
        return path == "/" || path.hasPrefix("/simulator/")
            ? control.answer(to: request) : slurmrestd.answer(to: request)
    }
}
